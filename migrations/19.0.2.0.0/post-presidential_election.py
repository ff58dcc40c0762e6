"""The presidential poll of 2027 shipped with three weeks between its rounds: the first one is on
18 April, the fourteenth day before the second (Constitution, article 7). Dates that a user changed
stay."""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE commune_election p
           SET first_round = '2027-04-18'
          FROM ir_model_data d
         WHERE d.module = 'commune_relations' AND d.name = 'election_presidential_2027'
           AND d.model = 'commune.election' AND d.res_id = p.id
           AND p.first_round = '2027-04-11' AND p.last_round = '2027-05-02'
           AND NOT EXISTS (
               SELECT FROM commune_election
               WHERE kind = 'presidential' AND first_round = '2027-04-18')
        """
    )
