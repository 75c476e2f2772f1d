// SPDX-License-Identifier: MIT
#include "core/secrets/apikey.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace taskreel {

namespace {

constexpr int kLongestKey = 1024;

} // namespace

ApiKey::ApiKey(const QUrl &serviceUrl, SecretStore *store, const QString &environmentKey,
               QObject *parent)
    : QObject(parent), m_origin(originOf(serviceUrl)), m_store(store)
{
    m_value = cleaned(environmentKey);
    if (!m_value.isEmpty()) {
        m_state = State::Available;
        m_place = Place::Environment;
    }
}

ApiKey *ApiKey::fixed(const QUrl &serviceUrl, const QString &key, QObject *parent)
{
    auto *fixedKey = new ApiKey(serviceUrl, nullptr, {}, parent);
    fixedKey->m_value = key;
    fixedKey->m_state = State::Available;
    fixedKey->m_place = Place::Fixed;
    return fixedKey;
}

QString ApiKey::originOf(const QUrl &serviceUrl)
{
    const QString scheme = serviceUrl.scheme().toLower();
    QString host = serviceUrl.host(QUrl::FullyEncoded).toLower();
    if (host.contains(u':'))
        host = u'[' + host + u']';
    const int usual = scheme == "https"_L1 ? 443 : scheme == "http"_L1 ? 80 : -1;
    const int port = serviceUrl.port(usual);
    const QString origin = scheme + "://"_L1 + host;
    return port == usual ? origin : origin + u':' + QString::number(port);
}

QString ApiKey::cleaned(const QString &typed)
{
    QString key = typed.trimmed();
    const auto dropPrefix = [&key](QLatin1StringView prefix) {
        if (key.startsWith(prefix, Qt::CaseInsensitive))
            key = key.mid(prefix.size()).trimmed();
    };
    dropPrefix("x-api-key:"_L1);
    dropPrefix("Authorization:"_L1);
    dropPrefix("Bearer "_L1);
    if (key.size() >= 2 && key.front() == key.back()
        && (key.front() == u'"' || key.front() == u'\''))
        key = key.mid(1, key.size() - 2).trimmed();
    dropPrefix("Bearer "_L1);
    const bool safe = std::all_of(key.cbegin(), key.cend(),
                                  [](QChar c) { return c > u' ' && c.unicode() < 0x7f; });
    return safe && key.size() <= kLongestKey ? key : QString();
}

void ApiKey::lookUp()
{
    const bool again = m_state == State::Missing && m_lookUpFailed;
    if (m_state != State::NotLookedUp && !again)
        return;
    m_state = State::LookingUp;
    m_lookUpFailed = false;
    const quint64 generation = m_generation;
    const auto answered = [this, generation](const Result<QString> &found) {
        if (generation == m_generation)
            lookedUp(found);
    };
    if (m_store)
        m_store->read(m_origin, this, answered);
    else
        QMetaObject::invokeMethod(
            this, [answered] { answered(QString()); }, Qt::QueuedConnection);
    Q_EMIT stateChanged();
}

void ApiKey::lookedUp(const Result<QString> &found)
{
    m_lookUpFailed = !found.has_value();
    const QString key = found ? cleaned(*found) : QString();
    setValue(key, key.isEmpty() ? Place::None : Place::Keyring);
}

void ApiKey::enter(const QString &typed)
{
    const QString key = cleaned(typed);
    ++m_generation;
    const quint64 generation = m_generation;
    const auto tell = [this, generation](const Result<void> &result) {
        if (generation == m_generation)
            stored(result);
    };
    const auto tellSoon = [this, tell](const QString &problem) {
        QMetaObject::invokeMethod(
            this, [tell, problem] { tell(failure(ErrorKind::Other, problem)); },
            Qt::QueuedConnection);
    };
    if (key.isEmpty()) {
        tellSoon(tr("This is not a key: it is empty or holds blanks or odd characters."));
        // A pending look-up was dropped by the new generation: what was there stays in force.
        if (m_state == State::LookingUp)
            setValue({}, Place::None);
        return;
    }
    if (m_store)
        m_store->write(m_origin, key, this, tell);
    else
        tellSoon(tr("There is no system keyring here."));
    setValue(key, Place::Session);
}

void ApiKey::stored(const Result<void> &result)
{
    if (result && m_place == Place::Session)
        m_place = Place::Keyring;
    Q_EMIT keyStored(result.has_value(), result ? QString() : result.error().message);
}

void ApiKey::forget()
{
    ++m_generation;
    m_lookUpFailed = false;
    if (m_store)
        m_store->remove(m_origin, this, [](const Result<void> &) {});
    setValue({}, Place::None);
}

void ApiKey::setValue(const QString &value, Place place)
{
    m_value = value;
    m_place = place;
    m_state = value.isEmpty() ? State::Missing : State::Available;
    Q_EMIT stateChanged();
}

} // namespace taskreel
