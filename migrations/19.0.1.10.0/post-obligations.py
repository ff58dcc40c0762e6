"""Obligations are told for the day on which they are due, no more for the renewal: those that were
told are not told again. The new ones whose day was over long ago stand late in the list, without a
thing to do for each. What was noted as done, and what users typed, stays."""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE commune_obligation
           SET reminded_for = date_due
         WHERE trigger = 'renewal'
           AND (reminded_for < date_due
                OR reminded_for IS NULL AND date_due < now() - interval '30 days')
        """
    )
