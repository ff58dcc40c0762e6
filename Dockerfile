# Commune Relations with Odoo 19 (Debian's package) and all its libraries, as bin/serve brings them.
# compose.yaml adds PostgreSQL and nginx; docs/deployment.md, part 9, says how to use it.
FROM debian:13-slim

WORKDIR /srv/commune_relations
ENV COMMUNE_DEV=/srv/commune LANG=C.UTF-8

# What does not change with the code first: made again only when a library changes.
COPY requirements.txt __manifest__.py ./
COPY bin/serve bin/lib.sh bin/check_odoo.py bin/
# Debian keeps only the last version of each package: none can be named.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates postgresql-client \
    && bin/serve --prepare \
    && install -d -o odoo -g odoo /srv/commune /srv/commune/data /srv/commune/state \
    && rm -rf /var/lib/apt/lists/* /root/.cache /srv/commune/log

COPY . .

# The user that Debian's package makes, under a number of its own.
# hadolint ignore=DL3066
USER odoo
EXPOSE 8069 8072
# The first start installs the base: a few minutes.
HEALTHCHECK --interval=30s --timeout=10s --start-period=10m \
    CMD ["/srv/commune/venv/bin/python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8069/web/health', timeout=8)"]
ENTRYPOINT ["/srv/commune_relations/bin/serve", "--foreground"]
