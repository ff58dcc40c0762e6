"""The check of a week by the service is kept by its lines: one that waits for the commune again
does not hold back the others."""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE commune_replacement_timesheet_line AS line
           SET is_checked = TRUE
          FROM commune_replacement_timesheet AS sheet
         WHERE sheet.id = line.sheet_id
           AND sheet.checked_date IS NOT NULL
           AND line.state = 'validated'
        """
    )
