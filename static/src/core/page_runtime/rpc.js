// @odoo-module alias=@web/core/network/rpc default=false

/**
 * Call a JSON route.
 * @param {string} route
 * @param {Object} params
 * @returns {Promise<any>} rejected without network, after an error of the server or of the route
 */
export async function rpc(route, params = {}) {
    const response = await fetch(route, {
        method: "POST",
        headers: {"Content-Type": "application/json"},
        body: JSON.stringify({jsonrpc: "2.0", method: "call", id: 1, params}),
    });
    const {result, error} = await response.json();
    if (error) {
        throw new Error(error.message);
    }
    return result;
}
