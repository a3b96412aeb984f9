"""What the tables of accounts, sign-in and the admin hold: data of our own staff (SY-01).

The tables that Django and allauth bring for sign-in and the admin are described here too.
"""

from __future__ import annotations

from vuokra.policy.catalogue import (
    KEY,
    Protection,
    item,
    log_table,
    not_personal,
    staff_table,
    technical,
    via,
)

OWN_USER = via("user_id")
STAFF = item("KÄYTTÄJÄ")
WHEN = technical("when it happened")
STATE = technical("state of the account, grant or session")

staff_table(
    "vuokra_accounts_user",
    columns={
        "id": KEY,
        "username": STAFF,
        "full_name": STAFF,
        "email": STAFF,
        "password": technical("Argon2id hash"),
        "language": technical("language of the screen"),
        "is_active": STATE,
        "session_epoch": STATE,
        "last_login": technical("when the last sign-in was"),
        "created_at": WHEN,
        "created_by_id": KEY,
        "activated_at": WHEN,
        "confidentiality_accepted_at": STAFF,
        "closed_at": WHEN,
        "closed_by_id": KEY,
    },
)
staff_table(
    "vuokra_accounts_role_grant",
    subject=OWN_USER,
    columns={
        "id": KEY,
        "user_id": KEY,
        "role": STAFF,
        "valid_from": STAFF,
        "valid_to": STAFF,
        "reason": STAFF,
        "origin": STATE,
        "requested_by_id": KEY,
        "created_at": WHEN,
        "approver_id": KEY,
        "approved_at": WHEN,
        "revoked_at": WHEN,
        "revoked_by_id": KEY,
        "revoke_reason": STAFF,
        "reviewed_at": WHEN,
        "reviewed_by_id": KEY,
    },
)
staff_table(
    "vuokra_accounts_activation_link",
    subject=OWN_USER,
    columns={
        "id": KEY,
        "user_id": KEY,
        "token_hash": technical("SHA-256 of a one-time token"),
        "channel": STATE,
        "created_at": WHEN,
        "created_by_id": KEY,
        "expires_at": WHEN,
        "used_at": WHEN,
        "cancelled_at": WHEN,
    },
)
staff_table(
    "vuokra_accounts_web_session",
    subject=OWN_USER,
    columns={
        "id": KEY,
        "user_id": KEY,
        "session_hash": KEY,
        "started_at": WHEN,
        "last_seen_at": WHEN,
        "address": STAFF,
        "ended_at": WHEN,
        "end_reason": STATE,
    },
)
staff_table(
    "mfa_authenticator",
    subject=OWN_USER,
    columns={
        "id": KEY,
        "user_id": KEY,
        "type": STATE,
        "data": item("KÄYTTÄJÄ", protection=Protection.C),
        "created_at": WHEN,
        "last_used_at": WHEN,
    },
)
log_table(
    "django_admin_log",
    columns={
        "id": KEY,
        "action_time": WHEN,
        "user_id": KEY,
        "content_type_id": KEY,
        "object_id": KEY,
        "object_repr": STAFF,
        "action_flag": STATE,
        "change_message": technical("names of changed form fields"),
    },
)
not_personal("vuokra_accounts_throttle", "keyed hashes of user names that failed to sign in")
not_personal("account_emailaddress", "empty: e-mail addresses are not managed by allauth here")
not_personal("account_emailconfirmation", "empty: e-mail addresses are not managed by allauth here")
not_personal("auth_group", "empty: rights come from role grants")
not_personal("auth_group_permissions", "empty: rights come from role grants")
not_personal("auth_permission", "names of models")
not_personal("django_session", "web session keys and signed state without personal data")
