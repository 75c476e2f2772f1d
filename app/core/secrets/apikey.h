// SPDX-License-Identifier: MIT
#pragma once

#include "core/secrets/secretstore.h"

#include <QObject>
#include <QString>
#include <QUrl>

namespace taskreel {

/// The key of one service origin for this run. Order: typed in this run, PIAPI_API_KEY, keyring,
/// none. The keyring is asked once, when a request first needs the key. GUI thread; the value goes
/// to ApiClient's request header alone and is never logged, stored in settings or copied to a
/// thread.
class ApiKey final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ApiKey)

public:
    enum class State {
        NotLookedUp,
        LookingUp,
        Missing, ///< nowhere found
        Available,
    };
    enum class Place { None, Environment, Keyring, Session, Fixed };

    /// @param store borrowed, outlives this; may be null (the demo)
    /// @param environmentKey the value of PIAPI_API_KEY, already removed from the environment; may
    /// be empty
    ApiKey(const QUrl &serviceUrl, SecretStore *store, const QString &environmentKey,
           QObject *parent = nullptr);
    /// The demo's constant key: never leaves for a keyring.
    static ApiKey *fixed(const QUrl &serviceUrl, const QString &key, QObject *parent);

    /// `scheme://host[:port]`, lower case, no default port: what a keyring entry is bound to.
    [[nodiscard]] static QString originOf(const QUrl &serviceUrl);
    /// Trimmed, without `Bearer `, quotes or the header's name; empty if nothing is left, or if it
    /// could break a header.
    [[nodiscard]] static QString cleaned(const QString &typed);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] Place place() const { return m_place; }
    [[nodiscard]] QString value() const { return m_value; }
    [[nodiscard]] QString origin() const { return m_origin; }

    /// Asks the keyring if nothing was looked up yet, or if it could not be asked the last time;
    /// ends in stateChanged().
    void lookUp();
    /// A key typed by the user: holds for the rest of the run and is offered to the keyring.
    /// keyStored() tells where it went.
    void enter(const QString &typed);
    void forget(); ///< from this run and from the keyring

Q_SIGNALS:
    void stateChanged();
    /// @param inKeyring false: kept for this session only; `problem` says why, in words
    void keyStored(bool inKeyring, const QString &problem);

private:
    void setValue(const QString &value, Place place);
    void lookedUp(const Result<QString> &found);
    void stored(const Result<void> &result);

    QString m_origin;
    SecretStore *m_store;
    State m_state = State::NotLookedUp;
    Place m_place = Place::None;
    QString m_value;
    quint64 m_generation =
        0; ///< grows with each change by the user; late keyring answers are dropped
    bool m_lookUpFailed = false;
};

} // namespace taskreel
