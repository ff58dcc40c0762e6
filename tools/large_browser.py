"""A browser of the benches: the whole server but for its socket, in the process of `odoo shell`."""

from werkzeug.test import Client
from werkzeug.wrappers import Response

import odoo
from odoo.service import security


def open_session(env, login):
    """The number of a session that this person has come in with: no password is asked."""
    store = odoo.http.root.session_store
    user = env["res.users"].search([("login", "=", login)])
    session = store.new()
    session.update(odoo.http.get_default_session(), db=env.cr.dbname, _trace_disable=True)
    session.uid, session.login = user.id, login
    own = env(user=user.id)
    session.session_token = security.compute_session_token(session, own)
    session.context = dict(own["res.users"].context_get())
    store.save(session)
    return session.sid


def open_browser(env, login):
    client = Client(odoo.http.root, Response)
    client.set_cookie("session_id", open_session(env, login))
    return client
