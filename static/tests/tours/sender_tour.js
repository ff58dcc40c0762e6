import {registry} from "@web/core/registry";

const BANNER = ".o_commune_sender_banner";

registry.category("web_tour.tours").add("commune_relations.sender", {
    steps: () => [
        {
            content: "The head of our screens says that nothing leaves",
            trigger: `${BANNER} button`,
            run: "click",
        },
        {
            content: "The address of the service",
            trigger: ".o_field_widget[name=email] input",
            run: "edit relations@deux-rives.example",
        },
        {trigger: "button[name=action_save]", run: "click"},
        {
            content: "Letters would leave from there",
            trigger: ".o_field_widget[name=address]:contains(relations@deux-rives.example)",
        },
        {trigger: "button[name=action_send_check]", run: "click"},
        {
            content: "The code that somebody read in the mailbox",
            trigger: ".o_field_widget[name=code] input",
            run: "edit 012345",
        },
        {trigger: "button[name=action_check_code]", run: "click"},
        {
            content: "The sender is confirmed",
            trigger: ".alert-success .o_field_widget[name=confirmed_text]:contains(test_manager)",
        },
        {
            content: "Back to the requests: nothing is said any more",
            trigger: ".o_menu_sections [data-menu-xmlid='commune_relations.menu_requests']",
            run: "click",
        },
        {
            trigger: ".o-dropdown--menu [data-menu-xmlid='commune_relations.menu_requests_all']",
            run: "click",
        },
        {
            trigger: `.o_list_view .o_control_panel:not(:has(${BANNER})), .o_kanban_view .o_control_panel:not(:has(${BANNER}))`,
        },
    ],
});
