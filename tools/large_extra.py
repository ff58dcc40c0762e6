"""Files and messages, of which the demonstration has too few for its size.

Each request gets a question and an answer in its thread; files, two for three requests, lie mostly
on requests and partly where a pillar keeps its documents. All have the same bytes, kept once.
"""

import io

from odoo.tools.pdf import PdfFileWriter

FILES_A_REQUEST = 0.68
# The share of each, by the table that ties files to records and the field of their record.
SHARES = {
    "commune_request_file_rel": ("helpdesk.ticket", 0.55),
    "commune_request_answer_file_rel": ("helpdesk.ticket", 0.05),
    "commune_request_answer_sent_file_rel": ("helpdesk.ticket", 0.2),
    "commune_session_document_rel": ("commune.session", 0.05),
    "commune_session_item_document_rel": ("commune.session.item", 0.07),
    "commune_event_document_rel": ("event.event", 0.04),
    "commune_service_document_rel": ("commune.service", 0.01),
    "agreement_pack_attachment_rel": ("agreement", 0.03),
}


def get_owner(env, rel):
    """The column of the record, beside that of the file, and its table."""
    env.cr.execute(
        """
        SELECT a.attname, c.confrelid::regclass::text FROM pg_constraint c
          JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
         WHERE c.contype = 'f' AND c.conrelid = %s::regclass
           AND c.confrelid <> 'ir_attachment'::regclass
        """,
        [rel],
    )
    return env.cr.fetchone()


def make_page():
    """A PDF of one white page."""
    writer, content = PdfFileWriter(), io.BytesIO()
    writer.addBlankPage(595, 842)
    writer.write(content)
    return content.getvalue()


def add_files(env):
    first = env["ir.attachment"].create(
        {"name": "piece.pdf", "raw": make_page(), "mimetype": "application/pdf"}
    )
    env.flush_all()
    env.cr.execute("SELECT count(*) FROM helpdesk_ticket")
    files = int(env.cr.fetchone()[0] * FILES_A_REQUEST)
    for rel, (model, share) in SHARES.items():
        column, table = get_owner(env, rel)
        env.cr.execute(
            f"""
            WITH owner AS (
                SELECT id, row_number() OVER (ORDER BY md5(id::text)) AS rank, count(*) OVER () AS n
                  FROM {table}
            ), made AS (
                INSERT INTO ir_attachment (name, res_model, res_id, type, company_id, store_fname,
                       checksum, file_size, mimetype, public, create_uid, write_uid,
                       create_date, write_date)
                SELECT 'piece-' || i || '.pdf', %(model)s, o.id, 'binary', %(company)s, f.store_fname,
                       f.checksum, f.file_size, f.mimetype, false, 1, 1,
                       now() - i %% 1825 * interval '1 day', now()
                  FROM generate_series(1, %(count)s) i
                  JOIN owner o ON o.rank = 1 + i %% o.n
                  JOIN ir_attachment f ON f.id = %(first)s
                RETURNING id, res_id
            )
            INSERT INTO {rel} ({column}, ir_attachment_id) SELECT res_id, id FROM made
            """,
            {
                "model": model,
                "count": int(files * share),
                "first": first.id,
                "company": env.company.id,
            },
        )


def add_messages(env):
    """Add the question of the commune and the answer of the service to each request."""
    authors = {
        "asked": ("t.partner_id", "t.create_date", "mail.mt_comment"),
        "answered": ("u.partner_id", "t.create_date + interval '3 days'", "mail.mt_comment"),
        "noted": ("u.partner_id", "t.create_date + interval '1 day'", "mail.mt_note"),
    }
    for name, (author, moment, subtype) in authors.items():
        env.cr.execute(
            f"""
            INSERT INTO mail_message (model, res_id, body, author_id, date, message_type,
                   subtype_id, is_internal, message_id, create_uid, write_uid, create_date,
                   write_date)
            SELECT 'helpdesk.ticket', t.id, '<p>Message du banc</p>', {author}, {moment}, 'comment',
                   %(subtype)s, %(noted)s, '<' || t.id || '-{name}@banc.example>', 1, 1,
                   {moment}, {moment}
              FROM helpdesk_ticket t LEFT JOIN res_users u ON u.id = t.user_id
             WHERE {author} IS NOT NULL
            """,
            {"subtype": env.ref(subtype).id, "noted": name == "noted"},
        )


def add_extras(env):
    add_messages(env)
    add_files(env)
