/** The menu of the account closes as menus do: by Escape, or when another place is chosen. */
const menu = document.querySelector(".o_light_menu");

if (menu) {
    document.addEventListener("click", ({target}) => {
        if (!menu.contains(target)) {
            menu.open = false;
        }
    });
    menu.addEventListener("keydown", ({key}) => {
        if (key === "Escape" && menu.open) {
            menu.open = false;
            menu.querySelector("summary").focus();
        }
    });
}
