#!/bin/sh
# In the container of nginx (compose.yaml), before it starts: our site instead of its own, under
# the public name; the access log to the screen. The secrets of addresses are masked there too.
set -eu
site=/etc/nginx/conf.d/default.conf
sed "s/communes\.exemple\.fr/$COMMUNE_NAME/" /etc/nginx/commune-relations/commune-relations.conf >"$site"
# A machine without IPv6 refuses to listen there.
[ -e /proc/net/if_inet6 ] || sed -i '/listen \[::\]/d' "$site"
ln -sf /dev/stdout /var/log/nginx/communes.access.log
ln -sf /dev/stderr /var/log/nginx/communes.error.log
