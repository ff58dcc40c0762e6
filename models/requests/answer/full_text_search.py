"""French full-text search of the published answers, in PostgreSQL.

Words are compared by stem, without accents. A word weighs more when fewer answers contain it: "rue"
weighs little, "chéneau" much.
"""

import re
from math import log

from odoo import api, models
from odoo.tools import SQL

from ...core.pg_schema import create_configuration
from ...core.text_limits import LENGTHS

MAX_STEMS = 24
# Only so many answers are counted for a word: one that more of them hold is common.
COUNTED = 2000
COMMON_WEIGHT = 0.3
# The rarest words choose candidates, so many at most, and rank them.
CANDIDATES_AT_MOST = 1500
RANKING_STEMS = 12
# The same topic counts for that much more.
SAME_TOPIC, SAME_FAMILY = 1.5, 1.2
# Words found in the question of the answer count more than those found in its text.
IN_QUESTION = 1.5
COLUMN = """
    ALTER TABLE commune_published_answer
      ADD COLUMN IF NOT EXISTS search_vector tsvector GENERATED ALWAYS AS (
          setweight(
              to_tsvector('commune_relations.french', left(COALESCE(question, ''), 20000)), 'A')
          || setweight(
              to_tsvector('commune_relations.french', left(COALESCE(answer_text, ''), 100000)), 'D')
      ) STORED
"""
INDEX = """
    CREATE INDEX IF NOT EXISTS commune_published_answer_search_idx
        ON commune_published_answer USING gin (search_vector)
"""
STEMS = """
    SELECT s.lexeme,
           (SELECT count(*)
              FROM (SELECT FROM commune_published_answer a
                     WHERE a.state = 'published'
                       AND a.search_vector @@ quote_literal(s.lexeme)::tsquery
                     LIMIT %(counted)s) held),
           (SELECT count(*) FROM commune_published_answer a WHERE a.state = 'published')
      FROM (SELECT lexeme
              FROM unnest(to_tsvector('commune_relations.french', %(words)s))
             ORDER BY positions[1]
             LIMIT %(stems)s) s
"""
CANDIDATES = """
    SELECT a.id
      FROM (SELECT id, topic_id, search_vector, useful_count, useless_count
              FROM commune_published_answer
             WHERE state = 'published' AND search_vector @@ %(query)s::tsquery
             LIMIT %(candidates)s) a
      JOIN commune_topic t ON t.id = a.topic_id
     CROSS JOIN LATERAL (
            SELECT sum(w.weight * CASE WHEN a.search_vector @@ w.asked THEN %(bonus)s
                                       ELSE 1 END) AS score,
                   count(*) AS matches
              FROM unnest(%(plain)s::tsquery[], %(asked)s::tsquery[], %(weights)s::float[])
                   AS w(plain, asked, weight)
             WHERE a.search_vector @@ w.plain) found
     WHERE found.matches >= %(least)s
     ORDER BY found.score * CASE WHEN a.topic_id = %(topic)s THEN %(same)s
                                 WHEN t.parent_id = %(family)s THEN %(near)s ELSE 1 END DESC,
              COALESCE(a.useful_count, 0) - COALESCE(a.useless_count, 0) DESC, a.id DESC
     LIMIT %(limit)s
"""


class CommunePublishedAnswer(models.Model):
    _inherit = "commune.published.answer"

    def init(self):
        """Configuration, column and index of the search; each once."""
        create_configuration(self.env.cr)
        for statement in (COLUMN, INDEX):
            self.env.cr.execute(statement)

    @api.model
    def _search_similar(self, question, topic=None, limit=3):
        """Published answers to questions like this one, the best first; two queries at most.
        None while the organisation does not use them.

        :param question: text as typed, whatever it holds
        :param topic: commune.topic that is probably meant: its answers count more
        """
        words = re.sub(r"[\W_]+", " ", (question or "")[: LENGTHS["question"]]).strip()
        if not words or not self.env.company._uses("knowledge"):
            return self.browse()
        self.flush_model()
        rows = self.env.execute_query(SQL(STEMS, counted=COUNTED, words=words, stems=MAX_STEMS))
        known = sorted((row for row in rows if row[1]), key=lambda row: row[1])[:RANKING_STEMS]
        if not known:
            return self.browse()
        return self.browse(self._find_ids(known, len(rows), topic, limit))

    @api.model
    def _find_ids(self, known, asked, topic, limit):
        """Ids of the best answers.

        :param known: rows (stem, answers that hold it, answers), the rarest first
        :param asked: number of stems of the question
        """
        stems = [stem for stem, _count, _total in known]
        family = topic and (topic.parent_id or topic)
        rows = self.env.execute_query(
            SQL(
                CANDIDATES,
                plain=[f"'{stem}'" for stem in stems],
                asked=[f"'{stem}':A" for stem in stems],
                weights=[_score_rarity(count, total) for _stem, count, total in known],
                query=" | ".join(f"'{stem}'" for stem in _choose(known)),
                candidates=CANDIDATES_AT_MOST,
                # One word in common out of three or more is chance.
                least=2 if asked > 2 else 1,
                bonus=IN_QUESTION,
                topic=topic.id if topic else 0,
                family=family.id if family else 0,
                same=SAME_TOPIC,
                near=SAME_FAMILY,
                limit=limit,
            )
        )
        return [answer_id for (answer_id,) in rows]


def _score_rarity(count, total):
    return COMMON_WEIGHT if count >= COUNTED else log(1 + total / count)


def _choose(known):
    """The stems by which candidates are fetched: the rarest, as long as they are few enough."""
    chosen, fetched = [], 0
    for stem, count, _total in known:
        if chosen and fetched + count > CANDIDATES_AT_MOST:
            break
        chosen.append(stem)
        fetched += count
    return chosen
