"""Hours of one agent in two places at once: PostgreSQL refuses them from now on. Those that are
there already are marked, and stay until somebody corrects them."""


def migrate(cr, version):
    cr.execute(
        """
        ALTER TABLE commune_replacement_timesheet_line
          ADD COLUMN IF NOT EXISTS has_known_overlap boolean
        """
    )
    cr.execute(
        """
        UPDATE commune_replacement_timesheet_line AS line
           SET has_known_overlap = TRUE
         WHERE line.state != 'dropped'
           AND EXISTS (
               SELECT FROM commune_replacement_timesheet_line AS other
                WHERE other.employee_id = line.employee_id
                  AND other.date = line.date
                  AND other.id != line.id
                  AND other.state != 'dropped'
                  AND round(other.hour_start * 60) < round(line.hour_end * 60)
                  AND round(line.hour_start * 60) < round(other.hour_end * 60))
        """
    )
