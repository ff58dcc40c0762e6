"""Installation and removal of the addon."""

from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.sql import table_exists

from .models.core import log_mask, pg_schema

MODULE = "commune_relations"
NOBODY = "[('id', '=', False)]"
# Columns of tables of others, which may be large, with the value of the rows that are there:
# Odoo would compute each of them, write every row again and change its date. PostgreSQL keeps a
# default beside the table and writes none.
COLUMNS = {
    "event_registration": {
        "attended_half_days": "int4 DEFAULT 0",
        "attended_hours": "float8 DEFAULT 0",
        "attendee_partner_id": "int4",
        "commune_id": "int4",
    },
    "mail_mail": {"is_followed": "bool DEFAULT false"},
    "res_partner": {"local_law": "varchar DEFAULT 'general'", "population_band": "varchar"},
    "survey_user_input": {"is_of_commune": "bool DEFAULT false"},
}


def pre_init_hook(env):
    """Create the PostgreSQL extensions and functions that constraints and searches need."""
    pg_schema.create_extensions(env)
    pg_schema.create_fold(env.cr)
    _add_columns(env.cr)


def _add_columns(cr):
    """Add the columns of `COLUMNS` to the tables that are there, without writing their rows."""
    for table, columns in COLUMNS.items():
        if not table_exists(cr, table):
            continue
        for name, kind in columns.items():
            cr.execute(
                SQL(
                    "ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s %s",
                    SQL.identifier(table),
                    SQL.identifier(name),
                    SQL(kind),
                )
            )
            cr.execute(
                SQL(
                    "ALTER TABLE %s ALTER COLUMN %s DROP DEFAULT",
                    SQL.identifier(table),
                    SQL.identifier(name),
                )
            )


def post_init_hook(env):
    """Load the list of intercommunalities that the set-up wizard searches."""
    env["commune.reference.epci"]._load_reference()


def uninstall_hook(env):
    """Restore the Odoo settings that the addon changed, warn of users left without access."""
    log_mask.take_away(env.cr.dbname)
    env["commune.finder"]._get_kept().unlink()
    env["commune.reversible.settings"]._give_back()
    env["res.users"]._keep_colleagues()
    _leave_letters(env)
    _leave_lists(env)
    _leave_tickets(env)
    _free_tables(env)
    pg_schema.take_away(env)
    # A later install must not find the demonstration flag, which would hold back mails.
    env["ir.config_parameter"].search([("key", "=like", f"{MODULE}.%")]).unlink()


def _leave_letters(env):
    """What has not left stays as a draft for nobody: without the audiences that it is for, Odoo's
    queue would send it to every contact. Letters that wait leave no more: their links are dead."""
    env.flush_all()
    env.cr.execute(
        """
        UPDATE mailing_mailing
           SET state = 'draft', schedule_type = 'now', schedule_date = NULL, mailing_domain = %s
         WHERE network_kind IS NOT NULL AND state != 'done'
        """,
        [NOBODY],
    )
    env.cr.execute(
        """
        UPDATE mail_mail AS mail SET state = 'cancel' FROM mail_message AS message
         WHERE message.id = mail.mail_message_id AND message.is_organisation_letter
           AND mail.state = 'outgoing'
        """
    )
    env.invalidate_all()


def _leave_lists(env):
    """Delete the mailing lists that follow audiences. One that a mailing names stays, follows
    nothing: at a condition that nobody knows, dynamic lists would stop, third-party ones too."""
    lists = env["commune.audience"].with_context(active_test=False).search(Domain.TRUE)
    lists = lists.mailing_list_id
    named = lists.filtered("mailing_ids")
    (lists - named).unlink()
    named.write({"dynamic": False, "sync_domain": NOBODY})


def _leave_tickets(env):
    """Requests stay, as tickets: at a step of helpdesk_mgmt, closed or open as before. The charter
    goes, with what the organisation added to it: without milestones it would bind every ticket."""
    env.flush_all()
    env.cr.execute(
        """
        DELETE FROM helpdesk_ticket_sla AS clock USING helpdesk_sla AS promise
         WHERE promise.id = clock.sla_id AND promise.milestone IS NOT NULL
        """
    )
    env.cr.execute("DELETE FROM helpdesk_sla WHERE milestone IS NOT NULL")
    env.cr.execute(
        """
        UPDATE helpdesk_ticket AS ticket
           SET stage_id = (
               SELECT step.id FROM helpdesk_ticket_stage AS step
                WHERE step.serves_communes IS NOT TRUE
                ORDER BY (step.closed IS TRUE) <> (ours.closed IS TRUE),
                         step.active IS NOT TRUE, step.sequence, step.id
                LIMIT 1)
          FROM helpdesk_ticket_stage AS ours
         WHERE ours.id = ticket.stage_id AND ours.serves_communes
        """
    )
    env.cr.execute("UPDATE helpdesk_ticket_stage SET active = false WHERE serves_communes")
    env.invalidate_all()


def _free_tables(env):
    """Drop the constraints that refer to the tables of the addon, which are all dropped next.

    A row without XML id (a topic, what users typed) must not block a table, nor an exclusion
    constraint an extension: Odoo would retry one by one, with a PostgreSQL error in the log each.
    """
    env.flush_all()
    tables = [
        model._table
        for model in env.registry.values()
        if model._original_module == MODULE and model._auto and not model._abstract
    ]
    found = env.execute_query(
        SQL(
            """
            SELECT referrer.relname, held.conname
              FROM pg_constraint AS held
              JOIN pg_class AS referrer ON referrer.oid = held.conrelid
              JOIN pg_class AS target
                ON target.oid = CASE held.contype
                       WHEN 'f' THEN held.confrelid
                       WHEN 'x' THEN held.conrelid
                   END
             WHERE target.relname = ANY(%s)
               AND referrer.relnamespace = current_schema::regnamespace
            """,
            tables,
        )
    )
    for table, name in found:
        env.cr.execute(
            SQL("ALTER TABLE %s DROP CONSTRAINT %s", SQL.identifier(table), SQL.identifier(name))
        )
