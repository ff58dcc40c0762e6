// @odoo-module alias=@web/core/user default=false
import {pageData} from "./page_data";

export const user = {userId: pageData.uid || null};
