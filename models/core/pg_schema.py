"""Extensions and functions of PostgreSQL in a schema of the addon (docs/decisions/028).

Odoo looks for `unaccent` in the current schema alone: there, it would wrap each `ilike` of every
application in it, and their trigram indexes would no longer be used. An extension that an
administrator had installed before is used where it is. `pg_trgm` stays in the current schema: Odoo
names its operators without one.
"""

import logging

from psycopg2.errors import DependentObjectsStillExist, InsufficientPrivilege

from odoo.exceptions import UserError
from odoo.modules.db import FunctionStatus
from odoo.tools import SQL

_logger = logging.getLogger(__name__)
SCHEMA = "commune_relations"
OWN = ("btree_gist", "unaccent")
SHARED = "pg_trgm"
# Extensions in other schemas that the addon created.
MADE = "commune_relations.extensions"
CONFIGURATION = "french"


def create_extensions(env):
    """Create the missing trusted extensions that constraints and searches use.

    :raise UserError: gives the commands that the PostgreSQL administrator must run first
    """
    known = _get_extensions(env.cr)
    _create_schema(env)
    for name in OWN:
        _run(env, SQL("CREATE EXTENSION IF NOT EXISTS %s SCHEMA %s", _id(name), _id(SCHEMA)))
    if SHARED not in known:
        _run(env, SQL("CREATE EXTENSION %s", _id(SHARED)))
        _note_made(env, [SHARED])


def _run(env, command):
    try:
        with env.cr.savepoint():
            env.cr.execute(command, log_exceptions=False)
    except InsufficientPrivilege as error:
        raise UserError(
            env._(
                "This database user may not run what the installation asks of PostgreSQL. Ask its"
                " administrator to run: %s;",
                env.cr.mogrify(command).decode(),
            )
        ) from error


def _create_schema(env):
    env.cr.execute("SELECT current_user")
    [user] = env.cr.fetchone()
    _run(env, SQL("CREATE SCHEMA IF NOT EXISTS %s AUTHORIZATION %s", _id(SCHEMA), _id(user)))


def create_fold(cr):
    """A text in small letters without accents, for an index: `unaccent` alone may be changed by an
    administrator, hence cannot have one. The schema is named: a dump that is restored has no path.
    Signs stay: to replace them took nine tenths of the time, and trigrams do not see them."""
    cr.execute(SQL("CREATE SCHEMA IF NOT EXISTS %s", _id(SCHEMA)))
    cr.execute(
        SQL(
            """
            CREATE OR REPLACE FUNCTION %(own)s.fold(text) RETURNS text
            LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
            SELECT pg_catalog.lower(%(schema)s.unaccent(
                '%(schema)s.%(dictionary)s'::pg_catalog.regdictionary, $1)) $$
            """,
            own=_id(SCHEMA),
            schema=_id(_get_extensions(cr)["unaccent"]["schema"]),
            dictionary=_id("unaccent"),
        )
    )


def create_configuration(cr):
    """The French full text without accents: `commune_relations.french`, once."""
    cr.execute(
        "SELECT FROM pg_ts_config WHERE cfgname = %s AND cfgnamespace::regnamespace::text = %s",
        [CONFIGURATION, SCHEMA],
    )
    if cr.fetchone() is not None:
        return
    name = _id(SCHEMA, CONFIGURATION)
    dictionary = _id(_get_extensions(cr)["unaccent"]["schema"], "unaccent")
    cr.execute(SQL("CREATE TEXT SEARCH CONFIGURATION %s (COPY = pg_catalog.french)", name))
    cr.execute(
        SQL(
            "ALTER TEXT SEARCH CONFIGURATION %s"
            " ALTER MAPPING FOR hword, hword_part, word WITH %s, french_stem",
            name,
            dictionary,
        )
    )


def move_in(env):
    """Migrate a database of before 19.0.1.19.0: move what the addon created in the current schema.

    What is made again: the column and the indexes that rest on it, by the update that follows.
    """
    cr = env.cr
    known = _get_extensions(cr)
    _create_schema(env)
    cr.execute("ALTER TABLE IF EXISTS commune_published_answer DROP COLUMN IF EXISTS search_vector")
    cr.execute("DROP TEXT SEARCH CONFIGURATION IF EXISTS public.commune_fr")
    cr.execute("DROP FUNCTION IF EXISTS public.commune_fold(text) CASCADE")
    if _is_our_unaccent(cr, known):
        _move_unaccent(env)
    _note_made(env, [name for name in ("btree_gist", SHARED) if _is_younger(cr, known, name)])
    create_fold(cr)


def _is_our_unaccent(cr, known):
    """Whether the addon created it.

    Odoo and administrators create an immutable one, or did so before the addon's first
    extension. A restored database proves nothing: a dump makes extensions first, in the order of
    their names.
    """
    found = known.get("unaccent")
    if not found or "btree_gist" not in known or found["schema"] == SCHEMA:
        return False
    if not _is_younger(cr, known, "unaccent"):
        _logger.info(
            "The extension unaccent is older than the tables, as after a restore: it stays where it"
            " is. If nothing else needs it, the administrator of PostgreSQL runs: ALTER EXTENSION"
            " unaccent SET SCHEMA %s; searches of every application then use their indexes again.",
            SCHEMA,
        )
        return False
    cr.execute(
        "SELECT FROM pg_proc WHERE proname = 'unaccent' AND pronargs = 1 AND provolatile = 'i'"
    )
    return cr.fetchone() is None and found["oid"] > known["btree_gist"]["oid"]


def _is_younger(cr, known, name):
    """Whether an extension is newer than the tables of Odoo, hence created by the addon."""
    cr.execute("SELECT 'ir_module_module'::regclass::oid")
    [oid] = cr.fetchone()
    return name in known and known[name]["schema"] != SCHEMA and known[name]["oid"] > oid


def _move_unaccent(env):
    """Made again elsewhere: the owner of a database may not move a trusted extension."""
    try:
        with env.cr.savepoint():
            env.cr.execute("DROP EXTENSION unaccent", log_exceptions=False)
            env.cr.execute(SQL("CREATE EXTENSION unaccent SCHEMA %s", _id(SCHEMA)))
    except (DependentObjectsStillExist, InsufficientPrivilege) as error:
        _logger.warning(
            "The extension unaccent stays where it slows down the searches of every application:"
            " %s. The administrator of PostgreSQL runs: ALTER EXTENSION unaccent SET SCHEMA %s;"
            " then the module is updated.",
            str(error).splitlines()[0],
            SCHEMA,
        )
    else:
        # Until the registry is loaded again, it would go on calling what has moved.
        env.registry.has_unaccent = FunctionStatus.MISSING
        env.registry.unaccent = env.registry.unaccent_python = lambda text: text


def take_away(env):
    """Remove what the addon created; what others have built upon since stays."""
    cr = env.cr
    made = (env["ir.config_parameter"].get_param(MADE) or "").split(",")
    known = _get_extensions(cr)
    cr.execute(SQL("DROP FUNCTION IF EXISTS %s(text) CASCADE", _id(SCHEMA, "fold")))
    cr.execute(
        SQL("DROP TEXT SEARCH CONFIGURATION IF EXISTS %s CASCADE", _id(SCHEMA, CONFIGURATION))
    )
    owned = [name for name in (*OWN, SHARED) if name in known]
    owned = [name for name in owned if name in made or known[name]["schema"] == SCHEMA]
    if SHARED in owned:
        _drop_trigram_indexes(cr)
    for command in (
        *(SQL("DROP EXTENSION %s", _id(name)) for name in owned),
        SQL("DROP SCHEMA IF EXISTS %s", _id(SCHEMA)),
    ):
        try:
            with cr.savepoint():
                cr.execute(command, log_exceptions=False)
        except (DependentObjectsStillExist, InsufficientPrivilege) as error:
            _logger.info("Kept, others use it: %s", str(error).splitlines()[0])


def _drop_trigram_indexes(cr):
    """Drop the indexes that Odoo made only because the addon had created the extension."""
    cr.execute(
        """
        SELECT DISTINCT held.objid::regclass::text
          FROM pg_depend AS held
          JOIN pg_class AS relation ON relation.oid = held.objid AND relation.relkind = 'i'
          JOIN pg_depend AS member ON member.classid = held.refclassid
                                  AND member.objid = held.refobjid AND member.deptype = 'e'
          JOIN pg_extension AS extension ON extension.oid = member.refobjid
         WHERE held.classid = 'pg_class'::regclass AND extension.extname = %s
        """,
        [SHARED],
    )
    for (name,) in cr.fetchall():
        cr.execute(SQL("DROP INDEX %s", SQL(name)))  # pylint: disable=sql-injection


def _note_made(env, names):
    parameters = env["ir.config_parameter"]
    before = (parameters.get_param(MADE) or "").split(",")
    parameters.set_param(MADE, ",".join(sorted({*filter(None, before), *names})))


def _get_extensions(cr):
    """{name: its schema, its number} of the extensions of the database."""
    cr.execute("SELECT extname, extnamespace::regnamespace::text, oid FROM pg_extension")
    return {name: {"schema": schema, "oid": oid} for name, schema, oid in cr.fetchall()}


def _id(*names):
    return SQL(".").join(map(SQL.identifier, names))
