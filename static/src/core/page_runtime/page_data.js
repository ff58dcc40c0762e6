/** What the page says to its programs: `uid` of the account (0 without), `words` translated. */
const element = document.getElementById("page_data");

export const pageData = element ? JSON.parse(element.textContent) : {uid: 0, words: {}};
