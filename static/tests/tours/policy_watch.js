// What the policy of a page refuses (a script, a picture, a font) makes the tour fail.
new ReportingObserver(
    (reports) => {
        for (const {body} of reports) {
            console.error(`Refused by the policy: ${body.effectiveDirective} ${body.blockedURL}`);
        }
    },
    {types: ["csp-violation"], buffered: true}
).observe();
