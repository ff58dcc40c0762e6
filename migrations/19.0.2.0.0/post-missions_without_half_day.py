"""A mission being prepared of which every half-day went with its request is over: it was left alive
with nothing to do, and asked to be confirmed. Nothing is due for it: its last version took no
half-day away."""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE commune_replacement_mission mission
        SET state = 'cancelled', ended_by = coalesce(
            (SELECT slot.cancelled_by FROM commune_replacement_slot slot
             WHERE slot.mission_id = mission.id AND slot.cancelled_by IS NOT NULL
             ORDER BY slot.cancelled_date DESC LIMIT 1),
            'service'
        )
        FROM commune_replacement_request request
        WHERE request.id = mission.request_id
          AND request.state IN ('cancelled', 'refused', 'redirected', 'unfilled')
          AND mission.state = 'prepared'
          AND NOT EXISTS (
            SELECT FROM commune_replacement_slot slot
            WHERE slot.mission_id = mission.id AND slot.state IN ('held', 'filled')
          )
        """
    )
