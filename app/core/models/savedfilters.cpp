// SPDX-License-Identifier: MIT
#include "core/models/savedfilters.h"

#include "core/settings/appsettings.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

static const QString kState = u"savedFilters"_s;

SavedFilters::SavedFilters(AppSettings *settings, QObject *parent)
    : QObject(parent), m_settings(settings)
{
    const QJsonArray list = QJsonDocument::fromJson(settings->windowState(kState)).array();
    for (const QJsonValue &value : list) {
        const QString name = value["name"_L1].toString();
        const QByteArray criteria = value["criteria"_L1].toString().toUtf8();
        if (!name.isEmpty() && m_filters.size() < kMost)
            m_filters.append({name, TaskCriteria::fromBytes(criteria)});
    }
}

qsizetype SavedFilters::placeOf(const QString &name) const
{
    const auto found = std::find_if(m_filters.cbegin(), m_filters.cend(),
                                    [&name](const NamedFilter &f) { return f.name == name; });
    return found == m_filters.cend() ? -1 : found - m_filters.cbegin();
}

bool SavedFilters::canSave(const QString &name) const
{
    return !name.isEmpty() && (m_filters.size() < kMost || placeOf(name) >= 0);
}

void SavedFilters::save(const QString &name, const TaskCriteria &criteria)
{
    if (!canSave(name))
        return;
    if (const qsizetype place = placeOf(name); place >= 0)
        m_filters[place].criteria = criteria;
    else
        m_filters.append({name, criteria});
    write();
}

void SavedFilters::removeAt(int position)
{
    if (position < 0 || position >= m_filters.size())
        return;
    m_filters.removeAt(position);
    write();
}

void SavedFilters::write()
{
    QJsonArray list;
    for (const NamedFilter &filter : std::as_const(m_filters)) {
        list.append(QJsonObject{{u"name"_s, filter.name},
                                {u"criteria"_s, QString::fromUtf8(filter.criteria.toBytes())}});
    }
    m_settings->setWindowState(kState, QJsonDocument(list).toJson(QJsonDocument::Compact));
    Q_EMIT changed();
}

} // namespace taskreel
