"""Public methods of the addon are RPC entry points: any account may call them.

The table lists the check of each. A new method that is missing there fails the test; the others
are called as an employee without role, a person of another commune and a reader. Rights are
checked first: anyone without them meets a refusal of access, not the next rule.
"""

import inspect

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .requests.mail_case import MailCase
from .test_access_matrix import AccessRecords

# model -> check -> methods. read, write, create: that right on the record, or on the model
# for windows and what makes records; staff, officer, manager: that role; gateway: the mail server;
# open: no check, nothing disclosed; odoo: the stock rights of Odoo.
ENTRY_POINTS = {
    "agreement": {
        "read": "action_print_epci_vote action_sign_epci",
        "write": (
            "action_activate action_amend action_back_to_draft action_deliberate "
            "action_give_up action_prepare_pack action_resume action_send_pack action_send_packs "
            "action_sign_paper action_suspend action_take_template action_notify_in_force "
            "action_terminate"
        ),
    },
    "commune.agreement.sign": {
        "create": "action_read action_sign",
    },
    "commune.audience": {
        "read": "action_open_mandates action_open_members action_open_no_email",
    },
    "commune.commitment": {
        "read": "action_open_source",
        "write": "action_give_up action_keep action_reopen",
    },
    "commune.handover.mixin": {
        "odoo": "web_save",
    },
    "commune.silence": {
        "read": "action_log_call action_open_commune action_plan_visits",
    },
    "commune.topic.trend": {
        "read": "action_open_requests",
        "officer": "action_propose",
    },
    "commune.activity.report": {
        "read": "action_pdf action_xlsx",
        "write": "action_freeze action_new_version",
    },
    "commune.visit.tour": {
        "read": "action_print",
        "write": "action_confirm action_order action_reopen",
    },
    "commune.visit.stop": {
        "read": "action_log_visit",
    },
    "commune.committee": {
        "read": "action_print_attendance",
    },
    "commune.booklet": {
        "read": "action_print",
        "write": "action_offer action_take_back",
    },
    "commune.booklet.print": {
        "create": "action_print",
    },
    "commune.path": {
        "read": "action_open_follows",
        "write": "action_switch_off action_switch_on",
    },
    "commune.path.progress": {
        "write": "action_stop",
    },
    "commune.committee.calendar": {
        "create": "action_create_sessions action_propose",
    },
    "commune.my.day": {
        "staff": "act get_colleagues get_day hand_over open_line open_list snooze undo unsnooze",
    },
    "commune.decision": {
        "write": "action_log_progress",
    },
    "commune.decision.progress": {
        "create": "action_apply",
    },
    "commune.print.run": {
        "create": "render_next start",
    },
    "commune.directory.campaign": {
        "open": "action_open_map",
        "write": "action_close action_open action_remind",
    },
    "commune.directory.export": {
        "read": "action_again action_download",
        "open": "action_refresh",
    },
    "commune.directory.print": {
        "create": "action_print",
    },
    "commune.dispatch": {
        "read": "action_open_missing action_print_log",
        "write": "action_send action_send_again",
    },
    "commune.event.register": {
        "create": "action_register",
    },
    "commune.import": {
        "open": "action_open_lines",
        "write": (
            "action_apply action_cancel action_match_similar action_refresh action_renew_councils"
        ),
        "create": "action_download load_files",
    },
    "commune.import.upload": {
        "create": "action_download action_load",
    },
    "commune.label.print": {
        "create": "action_print",
    },
    "commune.letter.delivery": {
        "read": "action_open_document",
        "write": "action_settle action_try_again",
    },
    "commune.letter.document.mixin": {
        "read": "action_open_unsent",
    },
    "commune.staff.account": {
        "create": "action_save",
    },
    "commune.mailing.new": {
        "create": "action_create",
    },
    "commune.mandate.end": {
        "create": "action_end",
    },
    "commune.mandate": {
        "write": (
            "action_ask_end action_end_today action_portal_invite action_portal_restore"
            " action_portal_withdraw"
        ),
    },
    "commune.election.review.mixin": {
        "write": "action_request_election_review",
    },
    "commune.election.review": {
        "read": "action_open_document action_read",
    },
    "commune.election.review.request": {
        "create": "action_confirm",
    },
    "commune.obligation": {
        "open": "action_follow",
        "write": "action_done action_undo",
    },
    "commune.orientation.search": {
        "create": "action_quick_entry",
    },
    "commune.portal.invite": {
        "create": "action_send",
    },
    "commune.published.answer": {
        "read": "action_open_request",
        "write": "action_archive action_publish",
    },
    "commune.guide": {
        "read": "action_open_opinions action_open_views action_print_model",
        "write": (
            "action_new_version action_publish action_still_right action_take_up action_withdraw"
        ),
    },
    "commune.guide.search": {
        "write": "action_ignore action_make_guide",
    },
    "commune.guide.version": {
        "write": "action_drop action_publish",
    },
    "commune.replacement.absence": {
        "create": "action_apply action_look",
    },
    "commune.replacement.amendment": {
        "write": "action_sign",
    },
    "commune.replacement.candidate": {
        "create": "action_choose",
    },
    "commune.replacement.incident": {
        "odoo": "read search_read web_read web_search_read",
        "manager": "action_open_register",
        "write": (
            "action_acknowledge action_add_people action_close action_followup action_joint "
            "action_mediation action_no_action action_plan action_reopen action_send_hr "
            "action_separate"
        ),
    },
    "commune.replacement.alert": {
        "write": "action_dismiss action_open_case",
    },
    "commune.replacement.alert.fact": {
        "read": "action_open",
    },
    "commune.replacement.incident.measure": {
        "write": "action_decide action_look action_undo",
    },
    "commune.replacement.incident.party": {
        "write": "action_notify",
    },
    "commune.replacement.level": {
        "write": "action_accept action_refuse",
    },
    "commune.replacement.import": {
        "create": "action_apply action_preview",
    },
    "commune.replacement.continuity": {
        "create": "action_share_post",
    },
    "commune.replacement.indicator": {
        "create": "action_open_list",
    },
    "commune.replacement.indicators": {
        "create": "action_compute action_print",
    },
    "commune.replacement.mission": {
        "write": "action_confirm action_finish action_issue_order action_start",
    },
    "commune.replacement.mission.change": {
        "create": "action_change",
    },
    "commune.replacement.pair": {
        "create": "action_look",
    },
    "commune.replacement.pair.line": {
        "create": "action_choose",
    },
    "commune.replacement.plan": {
        "open": "action_refresh",
        "write": "action_apply action_compute action_stop",
    },
    "commune.replacement.proposal": {
        "write": "action_agent_agrees action_commune_agrees action_send_agent action_withdraw",
    },
    "commune.replacement.report": {
        "read": "action_open_indicators action_pdf action_xlsx",
        "write": "action_freeze",
    },
    "commune.replacement.request": {
        "read": "action_print_quote",
        "write": (
            "action_cancel action_candidates action_close action_close_unfilled action_pair "
            "action_qualify action_redirect action_refuse action_reopen action_submit plan"
        ),
    },
    "commune.pillars": {
        "create": "action_save",
    },
    "commune.onboarding": {
        "create": "action_put_away",
    },
    "commune.onboarding.line": {
        "create": "action_open",
    },
    "commune.organisation.identity": {
        "create": "action_save",
    },
    "commune.organisation.branding": {
        "create": "action_print action_save",
    },
    "commune.replacement.settings": {
        "create": "action_open_work_rules action_save",
    },
    "commune.replacement.statement": {
        "read": "action_csv action_open_document",
        "write": (
            "action_cancel_statement action_check action_draft action_issue action_pay "
            "action_refresh"
        ),
    },
    "commune.replacement.statement.prepare": {
        "create": "action_prepare",
    },
    "commune.replacement.timesheet": {
        "write": "action_check action_submit",
    },
    "commune.replacement.timesheet.line": {
        "write": "action_drop",
    },
    "commune.replacement.today": {
        "create": "action_open action_open_missing action_prepare",
    },
    "commune.replacement.year.print": {
        "create": "action_pdf action_xlsx",
    },
    "commune.request.ask": {
        "create": "action_send",
    },
    "commune.request.attach": {
        "create": "action_attach",
    },
    "commune.request.attach.sender": {
        "create": "action_attach",
    },
    "commune.request.contribution": {
        "write": "action_answer action_cancel action_insert",
    },
    "commune.request.contribution.ask": {
        "create": "action_ask",
    },
    "commune.request.publish": {
        "create": "action_propose action_publish",
    },
    "commune.request.quick": {
        "create": "action_save action_save_and_open",
    },
    "commune.request.reroute": {
        "create": "action_ask_validation action_keep action_send",
    },
    "commune.request.send.back": {
        "create": "action_send_back",
    },
    "commune.request.transfer.wizard": {
        "create": "action_ask_manager action_transfer",
    },
    "commune.service": {
        "read": "action_open_interested action_open_subscriptions action_print_brochure",
        "write": "action_activate action_freeze action_pilot action_retire action_study",
    },
    "commune.replacement.board": {
        "staff": "get_window print_window",
        "coordinator": "get_takers give",
    },
    "commune.card": {
        "staff": "get_page",
    },
    "commune.service.matrix": {
        "staff": "get_matrix",
    },
    "commune.search": {
        "staff": "find get_kinds open_found",
    },
    "commune.sender": {
        "create": (
            "action_check_code action_look_up_domain action_open_held action_save action_send_check"
        ),
    },
    "commune.service.project": {
        "open": "action_open_needs",
        "read": "action_print_simulation get_simulation",
        "write": "action_drop action_next action_previous",
    },
    "commune.service.refusal": {
        "create": "action_end",
    },
    "commune.service.unit.cost": {
        "read": "action_print",
        "write": "action_back_to_draft action_notify action_set",
    },
    "commune.service.unit.cost.notice": {
        "officer": "action_mark_notified",
    },
    "commune.service.year.print": {
        "create": "action_pdf",
    },
    "commune.session": {
        "read": (
            "action_print_decisions action_print_file action_print_minutes "
            "action_print_notice action_print_proof action_print_sheet"
        ),
        "write": (
            "action_approve_agenda action_approve_minutes action_ask_approval action_call_again "
            "action_new_dispatch action_open_meeting action_prepare_minutes "
            "action_reopen_agenda action_send_again action_send_minutes action_send_notice "
            "action_start apply_meeting_operations get_meeting"
        ),
    },
    "commune.session.item": {
        "write": "action_keep action_postpone",
    },
    "commune.session.move": {
        "create": "action_apply",
    },
    "commune.settings": {
        "create": "action_save",
    },
    "commune.setup": {
        "create": "action_apply",
    },
    "commune.survey.campaign": {
        "open": "action_open_map",
        "read": "action_export action_open_targets action_print_results",
        "write": (
            "action_ask_added action_close action_open action_open_publication "
            "action_publish action_remind action_reopen action_withdraw"
        ),
    },
    "commune.survey.phone": {
        "create": "action_apply",
    },
    "commune.survey.publish": {
        "create": "action_publish_and_write action_publish_only",
    },
    "commune.survey.target": {
        "write": "action_enter_by_phone action_reopen",
    },
    "commune.review": {
        "read": "action_next action_open_thing action_previous",
        "write": "action_again action_changed action_outdated action_unchanged",
    },
    "commune.review.search": {
        "create": "action_make",
    },
    "commune.teams": {
        "create": "action_apply action_pick",
    },
    "commune.topic": {
        "open": "orient",
        "write": "action_create_teams",
    },
    "commune.watch.item": {
        "open": "get_share",
        "read": (
            "action_open_reviews action_open_sorting action_open_views action_review get_sorting"
        ),
        "write": (
            "action_analyse action_distribute action_draft_message action_find_touched "
            "action_keep action_prepare_digest action_propose_event action_propose_guide "
            "action_propose_project action_propose_session action_put_away action_take_back "
            "action_validate sort unsort"
        ),
        "create": "get_form",
        "gateway": "message_new",
    },
    "commune.watch.session": {
        "create": "action_propose",
    },
    "commune.watch.source": {
        "read": "action_open_items",
        "write": "action_read",
    },
    "commune.topic.term": {
        "write": "action_accept action_refuse",
    },
    "commune.training.table": {
        "create": "action_compute action_export",
    },
    "commune.training.table.line": {
        "create": "action_open_never",
    },
    "event.event": {
        "read": "action_check_in action_print_certificates action_print_sheet",
        "write": (
            "action_cancel_event action_invite action_invite_again action_propose_half_days "
            "action_thank"
        ),
    },
    "event.registration": {
        "read": "action_print_certificate",
        "write": "action_excuse",
    },
    "helpdesk.ticket": {
        "open": (
            "action_ask_contributions action_attach_sender action_reroute "
            "action_send_back_answer action_transfer"
        ),
        "read": "action_attach action_open_similar action_validate_answer",
        "write": (
            "action_ask_validation action_cancel action_close action_feed_idea "
            "action_no_reroute action_publish_answer action_reopen action_resume "
            "action_send_answer action_take"
        ),
        "gateway": "message_update",
        "odoo": ("get_portal_url message_new message_post message_unsubscribe refresh_sla set_sla"),
    },
    "hr.employee": {
        "write": "action_open_agent_access action_open_slots action_send_agent_calendar",
    },
    "mail.push.device": {
        "odoo": "register_devices",
    },
    "ir.actions.report": {
        "odoo": "get_wkhtmltopdf_state report_action",
    },
    "ir.http": {
        "odoo": "session_info",
    },
    "ir.mail_server": {
        "odoo": "send_email",
    },
    "link.tracker": {
        "odoo": "search_or_create",
    },
    "mail.activity": {
        "odoo": "action_notify",
    },
    "mail.group": {
        "odoo": "message_post",
    },
    "mail.group.message": {
        "odoo": "action_moderate_accept",
    },
    "mail.mail": {
        "odoo": "cancel process_email_queue send send_after_commit",
    },
    "mail.template": {
        "odoo": "send_mail send_mail_batch",
    },
    "mail.thread": {
        "odoo": "message_notify message_post message_route message_subscribe",
    },
    "mailing.list": {
        "odoo": "action_sync",
    },
    "mailing.mailing": {
        "read": "action_open_aside action_open_recipients action_open_stats action_open_unreached",
        "write": (
            "action_launch action_put_in_queue action_request_approval "
            "action_resend_unopened action_schedule action_send_back"
        ),
        "manager": "action_approve",
    },
    "mailing.mailing.test": {
        "odoo": "send_mail_test",
    },
    "mailing.trace": {
        "odoo": "partner_link set_bounced",
    },
    "report.commune_relations.attendance_xlsx": {
        "staff": "create_xlsx_report",
    },
    "report.commune_relations.activity_report_xlsx": {
        "staff": "create_xlsx_report",
    },
    "report.commune_relations.directory_xlsx": {
        "staff": "create_xlsx_report",
    },
    "report.commune_relations.dispatch_xlsx": {
        "staff": "create_xlsx_report",
    },
    "report.commune_relations.notice_proof_xlsx": {
        "staff": "create_xlsx_report",
    },
    "report.commune_relations.replacement_report_xlsx": {
        "staff": "create_xlsx_report",
    },
    "report.commune_relations.replacement_statement_xlsx": {
        "staff": "create_xlsx_report",
    },
    "report.commune_relations.replacement_year_xlsx": {
        "staff": "create_xlsx_report",
    },
    "report.commune_relations.service_matrix_xlsx": {
        "staff": "create_xlsx_report",
    },
    "report.commune_relations.service_simulation_xlsx": {
        "staff": "create_xlsx_report",
    },
    "report.commune_relations.survey_answers_xlsx": {
        "staff": "create_xlsx_report",
    },
    "report.commune_relations.training_table_xlsx": {
        "staff": "create_xlsx_report",
    },
    "commune.steering": {
        "staff": "get_board",
    },
    "helpdesk.ticket.team": {
        "staff": "get_desk_notice",
    },
    "res.company": {
        "odoo": "cache_invalidation_fields",
        "staff": "get_sender_notice",
    },
    "res.partner": {
        "open": (
            "action_open_agreements action_open_mandates action_open_members "
            "action_open_refusals action_open_replacement_requests action_open_requests "
            "action_open_services action_prepare_audience action_print_labels"
        ),
        "read": (
            "action_log_contact action_open_commitments action_open_contacts action_print_sheet"
        ),
        "write": "action_confirm_contact",
        "staff": "action_open_card action_print_card get_commune_map",
        "odoo": "signup_prepare",
    },
    "res.users": {
        "read": "action_open_person",
        "officer": "action_portal_archive",
        "manager": "action_add_staff_account action_change_staff_account"
        " action_invite_staff_account action_withdraw_staff_account",
        "odoo": "signup",
    },
    "survey.survey": {
        "odoo": "action_end_session action_start_session",
    },
    "survey.user_input": {
        "odoo": "action_print_answers",
    },
}
# Odoo's own entry points to any model: the access matrix covers them.
ANY_MODEL = {
    "create",
    "write",
    "unlink",
    "copy",
    "copy_data",
    "default_get",
    "onchange",
    "name_search",
    "init",
    "get_view",
    "get_formview_id",
    "get_formview_action",
}
ROLES = {
    "staff": "commune_relations.group_reader,commune_relations.group_referent",
    "officer": "commune_relations.group_officer",
    "manager": "commune_relations.group_manager",
    "coordinator": "commune_relations.group_replacement_coordinator",
    "gateway": "base.group_system",
}
CALLERS = ("employee", "portal_b", "reader")
ADDON = "odoo.addons.commune_relations"


@tagged("post_install", "-at_install")
class TestPublicMethods(AccessRecords):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.by_model = {
            "hr.employee": cls.records["agent"],
            "res.users": cls.portal_a,
        }
        for record in cls.records.values():
            cls.by_model.setdefault(record._name, record[:1])

    def _get_methods(self):
        """(model, method) of what an account may call by programs."""
        found = set()
        for name, model in self.env.registry.items():
            for part in model.__mro__:
                if part.__module__.startswith(ADDON) and part._name == name:
                    found |= {
                        (name, method)
                        for method, function in vars(part).items()
                        if inspect.isfunction(function)
                        and not method.startswith("_")
                        and not self._is_private(model, method)
                    }
        return {one for one in found if one[1] not in ANY_MODEL}

    def _is_private(self, model, method):
        parts = (vars(part).get(method) for part in model.__mro__)
        return any(getattr(function, "_api_private", False) for function in parts)

    def _get_table(self):
        return {
            (model, method): right
            for model, rights in ENTRY_POINTS.items()
            for right, methods in rights.items()
            for method in methods.split()
        }

    def test_every_public_method_is_in_the_table(self):
        self.assertEqual(sorted(self._get_methods() - set(self._get_table())), [])
        self.assertEqual(sorted(set(self._get_table()) - self._get_methods()), [])

    def test_what_is_left_to_odoo_is_a_method_of_odoo(self):
        for (name, method), right in self._get_table().items():
            if right == "odoo":
                model = self.env.registry[name]
                known = any(
                    method in vars(part) and not part.__module__.startswith(ADDON)
                    for part in model.__mro__
                )
                self.assertTrue(known, f"{name}.{method}")

    def test_who_does_not_have_the_right_is_refused_before_anything_else(self):
        for (name, method), right in self._get_table().items():
            if right in ("open", "odoo"):
                continue
            for who in CALLERS:
                record = self._get_record(name, who)
                if self._has_right(record, right):
                    continue
                with self.subTest(method=f"{name}.{method}", who=who):
                    self.env.flush_all()
                    self.env.invalidate_all()
                    with self.assertRaises(AccessError), self.env.cr.savepoint():
                        self._call(record, method)
                        self.env.flush_all()

    def test_a_request_of_a_commune_is_made_of_a_mail_by_the_mail_server_alone(self):
        """Third-party tickets are created under the rules of helpdesk_mgmt."""
        for who in CALLERS:
            tickets = self.env["helpdesk.ticket"].with_user(getattr(self, who))
            with self.subTest(who=who), self.assertRaises(AccessError):
                tickets.message_new({"subject": "Bonjour"}, {"commune_id": self.commune_a.id})

    def test_the_settings_of_the_replacement_service_are_not_disclosed_as_default_values(self):
        """Odoo gives default values to anybody; these are the settings of today."""
        for who in CALLERS:
            window = self.env["commune.replacement.settings"].with_user(getattr(self, who))
            with self.subTest(who=who), self.assertRaises(AccessError):
                window.default_get(["replacement_account_in"])
        window = self.env["commune.replacement.settings"].with_user(self.manager)
        self.assertTrue(window.default_get(["replacement_account_in"]))

    def test_what_is_open_reveals_nothing(self):
        """A window opens on whatever number one gives; what it shows is asked for again."""
        for (name, method), right in self._get_table().items():
            for who in CALLERS if right == "open" else ():
                record = self._get_record(name, who)
                if self._has_right(record, "read"):
                    continue
                with self.subTest(method=f"{name}.{method}", who=who):
                    self.env.invalidate_all()
                    answer = str(self._call(record, method))
                    for secret in record.sudo().mapped("display_name"):
                        self.assertNotIn(secret, answer)

    def _get_record(self, name, who):
        model = self.env[name].with_user(getattr(self, who))
        if model._abstract:
            return model
        # A window of somebody else, for models without lasting records.
        return self.by_model.get(name, model.browse(1)).with_env(model.env)

    def _has_right(self, record, right):
        if right in ROLES:
            return record.env.user.has_groups(ROLES[right])
        return (record if right != "create" else record.browse()).has_access(right)

    def _call(self, record, method):
        function = getattr(record, method)
        needed = [
            parameter
            for parameter in inspect.signature(function).parameters.values()
            if parameter.default is parameter.empty
            and parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
        ]
        if method == "create_xlsx_report":
            return function(self._get_reported(record), {"year": 2026})
        return function(*([] for _parameter in needed))

    def _get_reported(self, report):
        """Ids of what a report is about; ids of a wizard for the others."""
        name = report._name.removeprefix("report.commune_relations.").removesuffix("_xlsx")
        known = {
            "attendance": "committee",
            "dispatch": "dispatch",
            "notice_proof": "session",
            "replacement_statement": "statement",
            "service_simulation": "project",
            "survey_answers": "survey_campaign",
        }
        return self.records[known[name]].ids if name in known else [1]


@tagged("post_install", "-at_install")
class TestHandingInMail(MailCase):
    """Odoo takes a raw message from any account and trusts its sender field.

    An alias that never worked is written to at its first message, which an account may not do:
    that accident stopped everybody, until the first mail of the day.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = cls.env["mail.alias"].create(
            {
                "alias_name": "ailleurs",
                "alias_model_id": cls.env["ir.model"]._get_id("res.partner"),
                "alias_domain_id": cls.alias_domain.id,
            }
        )
        (cls.desk.alias_id | cls.elsewhere).alias_status = "valid"

    def test_an_account_does_not_speak_as_a_mayor(self):
        letter = self._mail("anne.aubry@mel.example", "Une demande inventée").as_bytes()
        for user in (self.employee, self.reader, self.officer, self.portal_b):
            thread = self.env["mail.thread"].with_user(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                thread.message_process(False, letter)
        made = self.env["helpdesk.ticket"].search([("name", "ilike", "Une demande inventée")])
        self.assertFalse(made)
        self.assertTrue(self._receive(letter))

    def test_an_account_does_not_answer_in_the_name_of_a_commune(self):
        ticket = self._receive(self._mail("anne.aubry@mel.example", "Trou rue des Lilas"))
        before = ticket.message_ids
        answer = self._mail(
            "anne.aubry@mel.example", f"Re: [{ticket.number}]", "C’est réglé.", To="x@y.example"
        )
        for user in (self.employee, self.portal_b):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["helpdesk.ticket"].with_user(user).message_process(
                    "helpdesk.ticket", answer.as_bytes(), thread_id=ticket.id
                )
        self.assertEqual(ticket.message_ids, before)

    def test_an_account_does_not_show_that_a_letter_came_back(self):
        ticket = self._request()
        letter = ticket.env["commune.request.mail"]._send_request_mail(ticket, "acknowledged")
        for user in (self.employee, self.portal_b):
            thread = self.env["mail.thread"].with_user(user)
            returned = {"is_bounce": True, "bounced_message": letter, "message_id": "<x@y.example>"}
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                thread.message_route(None, returned)
        self.assertFalse(ticket.bounced_email)

    def test_an_account_makes_no_managed_record_by_a_message(self):
        letter = self._mail("anne.aubry@mel.example", "Convention").as_bytes()
        made = {
            "agreement": {"name": "X", "code": "X", "commune_id": self.commune_a.id},
            "commune.session": {"name": "X", "state": "convened"},
            "res.partner": {"is_commune": True},
        }
        for user in (self.employee, self.officer):
            thread = self.env["mail.thread"].with_user(user)
            for model, values in made.items():
                with self.subTest(user=user.login, model=model), self.assertRaises(AccessError):
                    thread.message_process(model, letter, custom_values=values)

    def test_the_account_of_an_administrator_hands_in_mail(self):
        admin = self.env.ref("base.user_admin")
        letter = self._mail("anne.aubry@mel.example", "Une vraie demande").as_bytes()
        self.assertTrue(self.env["mail.thread"].with_user(admin).message_process(False, letter))

    def test_mail_for_another_application_is_left_to_odoo(self):
        letter = self._mail("x@y.example", "Bonjour", To=self.elsewhere.alias_full_name)
        thread = self.env["mail.thread"].with_user(self.officer)
        self.assertTrue(thread.message_process(False, letter.as_bytes()))
