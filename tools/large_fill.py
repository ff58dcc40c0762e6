"""Turn a demonstration into the SMALL or the LARGE database of `bin/bench --large`.

Read by `odoo shell` in a database that `commune_setup --demo` made; LARGE is set for the large one.
Written by SQL, in two to five minutes; the same rows each time.
"""

import os
import time

from large_copy import Copier
from large_extra import add_extras

COUNTED = """res_partner commune_mandate helpdesk_ticket ir_attachment mail_message
commune_replacement_slot commune_attendance event_registration mailing_trace survey_user_input_line
agreement commune_service_subscription commune_replacement_statement""".split()

start = time.monotonic()
if os.environ.get("LARGE"):
    Copier(env).copy_all()
add_extras(env)
env.cr.commit()
env.cr.execute("ANALYZE")
env.cr.commit()
for table in COUNTED:
    env.cr.execute(f"SELECT count(*) FROM {table}")
    print(f"{table:<40}{env.cr.fetchone()[0]:>10}")
print(f"rempli en {time.monotonic() - start:.0f} s")
