"""What the finder reads: a change of it makes the finder read again."""

from odoo import api, models

from .finder import MOST_FRESH

CACHE_JOB = "commune_relations.ir_cron_keep_library"


class CommuneFindable(models.AbstractModel):
    """Model of `commune.finder._get_sources`: every server finds its current content."""

    _name = "commune.findable"
    _description = "Record found by the finder"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if records._is_found():
            records._forget_library()
        return records

    def write(self, vals):
        changes = bool(self._get_found_fields() & set(vals))
        was_found = changes and self._is_found()
        result = super().write(vals)
        if was_found or changes and self._is_found():
            self._forget_library()
        return result

    def unlink(self):
        if self._is_found():
            self._forget_library()
        return super().unlink()

    def _is_found(self):
        """Whether one of them is among what the finder reads: a draft that changes is not."""
        sources = self.env["commune.finder"]._get_sources().values()
        domains = [list(source.domain) for source in sources if source.model == self._name]
        return any(self.sudo().filtered_domain(domain) for domain in domains)

    @api.model
    def _get_found_fields(self):
        """The fields that the finder reads; a counter of readings is none of them."""
        sources = self.env["commune.finder"]._get_sources().values()
        return {
            name for source in sources if source.model == self._name for name in source.get_fields()
        }

    def _forget_library(self):
        """After an import, refresh the cache at once instead of hourly: else the first question on
        a server would read all records."""
        self.env.registry.clear_cache()
        job = self.env.ref(CACHE_JOB, raise_if_not_found=False)
        if job and len(self) >= MOST_FRESH:
            job._trigger()
