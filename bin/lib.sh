# Shared by bin/serve, bin/test, bin/lint and bin/bench: finds or brings Odoo 19,
# its Python packages and PostgreSQL. Sourced, never run.
# Everything that is made lies under .dev/ (or COMMUNE_DEV), except Debian packages and,
# under root, the files of one private PostgreSQL cluster.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
DEV=${COMMUNE_DEV:-$ROOT/.dev}
MODULE=commune_relations
ID=$(printf %s "$DEV" | sha256sum | cut -c1-8)${FAKETIME:+_at} # see set_clock
STEP=0
STEPS=${STEPS:-0}

say() { printf '%s\n' "$*"; }
step() {
    STEP=$((STEP + 1))
    printf '[%s/%s] %s\n' "$STEP" "$STEPS" "$*"
}
die() {
    printf 'Erreur : %s\n' "$*" >&2
    exit 1
}
export PGOPTIONS="${PGOPTIONS:-} -c client_min_messages=warning"
have() { command -v "$1" >/dev/null 2>&1; }

# Runs a long command with its output in a log, a dot every two seconds, and the end of
# the log when it fails.
quietly() {
    local log=$DEV/log/$1.log pid
    shift
    mkdir -p "$DEV/log"
    "$@" >"$log" 2>&1 </dev/null &
    pid=$!
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.2
        TICK=$((${TICK:-0} + 1))
        [ $((TICK % 10)) -eq 0 ] && printf '.'
    done
    if wait "$pid"; then
        [ "${TICK:-0}" -ge 10 ] && printf '\n'
        TICK=0
        return 0
    fi
    printf '\n' >&2
    tail -n 25 "$log" >&2
    die "cette étape a échoué ; le journal complet est dans $log"
}

# The rights of an administrator: those of root, else of sudo, whose password is asked in front of
# the person and never behind a log.
can_root() {
    [ "$(id -u)" = 0 ] && return 0
    have sudo || return 1
    sudo -n true 2>/dev/null && return 0
    [ -t 0 ] || return 1
    say "    sudo demande votre mot de passe pour installer des paquets :"
    sudo -v
}
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
can_apt() { have apt-get && can_root; }

# apt_install WHAT-FOR PACKAGE...
apt_install() {
    local what=$1
    shift
    can_apt || die "il manque $what. À exécuter en tant que root : apt-get install $*"
    if [ -z "${APT_UPDATED:-}" ]; then
        quietly apt-update as_root apt-get update
        APT_UPDATED=1
    fi
    quietly apt-install as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@"
}

# --- Odoo ---------------------------------------------------------------------------

# Debian 13 has no Odoo 19; sid has, and Debian 13 satisfies all that it asks for: no other
# system does (Debian 12 and Ubuntu have older libraries).
OS_RELEASE=/etc/os-release
can_have_debian_odoo() {
    grep -qx 'ID=debian' "$OS_RELEASE" 2>/dev/null &&
        ! grep -qE '^VERSION_ID="?([0-9]|1[0-2])"?$' "$OS_RELEASE"
}
system_name() { sed -n 's/^PRETTY_NAME="\(.*\)"$/\1/p' "$OS_RELEASE" 2>/dev/null || uname -s; }

# The right of sudo may have run out since.
drop_sid() { can_root && as_root rm -f "$DEBIAN_SID_SOURCES" "$DEBIAN_SID_PIN"; }

# The mirror is the one that this machine already uses; both files are removed afterwards.
install_debian_odoo() {
    local ways="soit ODOO_HOME=<dossier d’un Odoo 19> $0, soit des conteneurs : docker compose up \
--build (docs/deployment.md, partie 9)"
    can_have_debian_odoo ||
        die "Odoo 19 n’est pas installé et n’a pas de paquet pour $(system_name). Deux voies : $ways."
    can_apt || die "Odoo 19 n’est pas installé, et son paquet demande root ou sudo. À défaut : $ways."
    local mirror
    DEBIAN_SID_SOURCES=/etc/apt/sources.list.d/commune-odoo-sid.sources
    DEBIAN_SID_PIN=/etc/apt/preferences.d/commune-odoo-sid
    mirror=$(sed -n 's/^URIs:[[:space:]]*\(https\{0,1\}:[^[:space:]]*\).*/\1/p' \
        /etc/apt/sources.list.d/*.sources 2>/dev/null | grep -v security | head -n 1)
    [ -n "$mirror" ] || mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
        awk '$1 == "deb" {
        for (i = 2; i <= NF; i++) if ($i ~ /^https?:/ && $i !~ /security/) {print $i; exit}
        }')
    [ -n "$mirror" ] || die "aucun miroir Debian n’est configuré sur cette machine."
    # An installation that fails must not leave sid behind either.
    trap drop_sid EXIT
    printf 'Types: deb\nURIs: %s\nSuites: sid\nComponents: main\nSigned-By: %s\n' \
        "$mirror" /usr/share/keyrings/debian-archive-keyring.pgp |
        as_root tee "$DEBIAN_SID_SOURCES" >/dev/null
    printf 'Package: *\nPin: release n=sid\nPin-Priority: -10\n\nPackage: odoo-19\n%s\n%s\n' \
        'Pin: release n=sid' 'Pin-Priority: 500' | as_root tee "$DEBIAN_SID_PIN" >/dev/null
    unset APT_UPDATED
    apt_install "Odoo 19" odoo-19
    drop_sid
    trap - EXIT
    quietly apt-update as_root apt-get update
}

# The Python that runs a script, from its first line.
python_of() {
    local line
    line=$(head -n 1 "$1" | sed -n 's/^#![[:space:]]*//p')
    case $line in
    */env\ *) command -v "${line##* }" ;;
    *) printf %s "${line%% *}" ;;
    esac
}

# Sets ODOO_BIN, ODOO_PYTHON, ODOO_ADDONS (extra folders of a source checkout).
find_odoo() {
    ODOO_ADDONS=
    local home found=
    if [ -n "${ODOO_HOME:-}" ]; then
        [ -d "$ODOO_HOME" ] || die "ODOO_HOME=$ODOO_HOME n’est pas un dossier."
        ODOO_HOME=$(cd "$ODOO_HOME" && pwd)
        for ODOO_BIN in "$ODOO_HOME/odoo-bin" "$ODOO_HOME/odoo" "$ODOO_HOME/bin/odoo"; do
            [ -f "$ODOO_BIN" ] && break
        done
        [ -f "$ODOO_BIN" ] || die "aucun odoo-bin dans ODOO_HOME=$ODOO_HOME : indiquez le dossier \
des sources d’Odoo 19, ou l’environnement Python où il est installé."
        for home in "$ODOO_HOME/venv" "$ODOO_HOME/.venv"; do
            [ -x "$home/bin/python" ] && found=$home/bin/python && break
        done
    else
        ODOO_BIN=$(command -v odoo || command -v odoo-bin || true)
    fi
    [ -n "$ODOO_BIN" ] || return 1
    ODOO_BIN=$(readlink -f "$ODOO_BIN")
    ODOO_PYTHON=${ODOO_PYTHON:-${found:-$(python_of "$ODOO_BIN")}}
    [ -x "$(command -v "$ODOO_PYTHON")" ] ||
        die "le Python d’Odoo, « ${ODOO_PYTHON:-python3} », est introuvable : indiquez-le par ODOO_PYTHON."
    home=$(dirname "$ODOO_BIN")
    [ -d "$home/addons" ] && ODOO_ADDONS=$home/addons
    # A source checkout is importable from its own folder only.
    PYTHONPATH=$home${PYTHONPATH:+:$PYTHONPATH} "$ODOO_PYTHON" "$ROOT/bin/check_odoo.py" \
        "$ROOT/__manifest__.py" "$ODOO_ADDONS" || exit 1
}

ensure_odoo() {
    if ! find_odoo; then
        can_have_debian_odoo && can_apt &&
            say "    Odoo 19 n’est pas installé : installation du paquet Debian (environ une minute)"
        install_debian_odoo
        hash -r
        find_odoo || die "le paquet odoo-19 est installé mais la commande odoo reste introuvable."
    fi
    say "    Odoo : $ODOO_BIN"
}

# Virtual environment over Odoo's own packages, with those of the addon.
# ensure_venv [dev]: dev adds the tools of bin/test and bin/lint.
ensure_venv() {
    PY=$DEV/venv/bin/python
    mkdir -p "$DEV"
    local base=$DEV/venv/odoo_python
    # Another Odoo, with another Python: its libraries are elsewhere.
    if ! "$PY" -c 'import pip' 2>/dev/null || [ "$(cat "$base" 2>/dev/null || echo "$ODOO_PYTHON")" != "$ODOO_PYTHON" ]; then
        "$ODOO_PYTHON" -c 'import venv, ensurepip' 2>/dev/null ||
            apt_install "le module venv de Python" python3-venv
        rm -rf "$DEV/venv"
        "$ODOO_PYTHON" -m venv --system-site-packages "$DEV/venv"
        # Odoo may itself live in a virtual environment, which the line above does not see.
        "$ODOO_PYTHON" -c '
import sys
print("\n".join(p for p in sys.path if p.endswith(("site-packages", "dist-packages"))))' \
            >"$("$PY" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/odoo_base.pth"
        echo "$ODOO_PYTHON" >"$base"
    fi
    local stamp=$DEV/venv/requirements.sha256 wanted
    wanted=$(sha256sum "$ROOT/requirements.txt" | cut -d' ' -f1)
    if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
        grep -E '^odoo-addon-' "$ROOT/requirements.txt" >"$DEV/requirements-oca.txt"
        grep -vE '^(odoo-addon-|#|$)' "$ROOT/requirements.txt" >"$DEV/requirements-python.txt"
        quietly pip-oca "$PY" -m pip install --no-deps -r "$DEV/requirements-oca.txt"
        quietly pip "$PY" -m pip install -r "$DEV/requirements-python.txt"
        echo "$wanted" >"$stamp"
    fi
    [ "${1:-}" = dev ] || return 0
    stamp=$DEV/venv/requirements-dev.sha256
    wanted=$(sha256sum "$ROOT/requirements-dev.txt" | cut -d' ' -f1)
    if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
        quietly pip-dev "$PY" -m pip install -r "$ROOT/requirements-dev.txt"
        echo "$wanted" >"$stamp"
    fi
}

# What WeasyPrint draws with; each is there on a desktop, none on a bare server.
ensure_libraries() {
    # Without the last library fonts are cut down slowly, with a warning for each document.
    "$PY" -c 'from weasyprint.text.ffi import harfbuzz_subset as h; assert h' >/dev/null 2>&1 ||
        apt_install "les bibliothèques de mise en page PDF (Pango)" \
            libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
    if ! have fc-list || [ -z "$(fc-list :lang=fr | grep -i -e dejavu -e liberation)" ]; then
        apt_install "une police de caractères" fontconfig fonts-dejavu-core fonts-liberation
    fi
}

# ensure_npm FOLDER WHAT-FOR PACKAGE@VERSION...: these packages in .dev/FOLDER, brought once.
ensure_npm() {
    local folder=$DEV/$1 what=$2
    shift 2
    [ "$(cat "$folder/version" 2>/dev/null)" = "$*" ] && return 0
    have npm || apt_install "npm ($what)" npm
    mkdir -p "$folder"
    quietly npm npm install --prefix "$folder" --no-audit --no-fund "$@"
    echo "$*" >"$folder/version"
}

# The rules of accessibility that the pages of the portal are held to. Sets COMMUNE_AXE.
ensure_axe() {
    ensure_npm axe "règles d’accessibilité" axe-core@4.14.1
    export COMMUNE_AXE=$DEV/axe/node_modules/axe-core/axe.min.js
}

# --- Another moment -----------------------------------------------------------------

# set_clock MOMENT: processes started from now on have that clock (UTC), which runs as usual.
# PostgreSQL too, since now() dates the records: it is a separate cluster, as the other one may be
# in use at the same time. Waits and the dates of files stay real.
set_clock() {
    local then library
    then=$(date -u -d "$1" +%s 2>/dev/null) || die "ce moment ne se lit pas : $1 (2026-12-01T23:30, heure UTC)."
    [ -z "${PGHOST:-}${PGPORT:-}${PGUSER:-}" ] ||
        die "une autre heure demande la grappe privée : PGHOST, PGPORT et PGUSER en désignent une autre."
    library=$(find_clock)
    if [ -z "$library" ]; then
        apt_install "libfaketime (une autre heure pour les tests)" libfaketime
        library=$(find_clock)
    fi
    [ -n "$library" ] || die "libfaketime reste introuvable."
    ID=${ID}_at
    CLOCKED=1
    bare_browser
    # Nothing is shared between processes: another user, as postgres, would wait for it for ever.
    export FAKETIME_DISABLE_SHM=1 DONT_FAKE_MONOTONIC=1 NO_FAKE_STAT=1
    FAKETIME=$(printf '%+d' $((then - $(date +%s))))
    LD_PRELOAD=$library
    export FAKETIME LD_PRELOAD
}
# Chromium does not start under that library: the tests give its pages the time (tests/common.py).
bare_browser() {
    local name real
    mkdir -p "$DEV/bare"
    for name in google-chrome chromium; do
        real=$(command -v "$name") || continue
        printf '#!/bin/sh\nunset LD_PRELOAD\nexec "%s" "$@"\n' "$real" >"$DEV/bare/$name"
        chmod +x "$DEV/bare/$name"
    done
    PATH=$DEV/bare:$PATH
}
find_clock() { find /usr/lib /usr/local/lib -name libfaketimeMT.so.1 2>/dev/null | head -n 1; }

# A cluster keeps the clock under which it was started.
stop_clocked_pg() {
    if [ "$(id -u)" = 0 ]; then
        local version
        version=$(pg_lsclusters -h | awk -v n="commune_$ID" '$2 == n {print $1}')
        [ -z "$version" ] || pg_ctlcluster --skip-systemctl-redirect "$version" "commune_$ID" stop -m fast \
            >/dev/null 2>&1 || true
    else
        "$(pg_bin_dir)/pg_ctl" -D "$DEV/pg${CLOCKED:+_at}" -m fast stop >/dev/null 2>&1 || true
    fi
}

# --- PostgreSQL ---------------------------------------------------------------------

pg_bin_dir() {
    local found
    found=$(find /usr/lib/postgresql -maxdepth 3 -path '*/bin/initdb' 2>/dev/null |
        sort -V | tail -n 1)
    [ -n "$found" ] || found=$(command -v initdb || true)
    [ -n "$found" ] && dirname "$found"
}

# One installation takes 6,000 locks, all that a cluster has by default.
LOCKS=max_locks_per_transaction=256

# Sets and exports PGHOST, PGPORT, PGUSER.
ensure_pg() {
    if [ -n "${PGHOST:-}${PGPORT:-}${PGUSER:-}" ]; then
        have psql || apt_install "psql" postgresql-client
        psql -d postgres -Atc 'SELECT 1' >/dev/null 2>&1 ||
            die "le PostgreSQL désigné par PGHOST, PGPORT et PGUSER ne répond pas."
        say "    PostgreSQL : celui que désignent PGHOST, PGPORT et PGUSER"
        return
    fi
    [ -n "$(pg_bin_dir)" ] || apt_install "PostgreSQL" postgresql
    [ -n "$(pg_bin_dir)" ] || die "PostgreSQL reste introuvable."
    [ -z "${CLOCKED:-}" ] || stop_clocked_pg
    if [ "$(id -u)" = 0 ]; then ensure_root_cluster; else ensure_user_cluster; fi
    export PGHOST PGPORT PGUSER
    say "    PostgreSQL : grappe privée, prise locale $PGHOST, port $PGPORT"
}

# PostgreSQL refuses to run as root: the cluster belongs to the system user postgres.
ensure_root_cluster() {
    local version name=commune_$ID
    have pg_createcluster || apt_install "pg_createcluster" postgresql-common
    version=$(pg_lsclusters -h | awk -v n="$name" '$2 == n {print $1}')
    if [ -z "$version" ]; then
        version=$(pg_bin_dir | sed 's#.*/postgresql/\([0-9.]*\)/bin#\1#')
        quietly createcluster pg_createcluster "$version" "$name" \
            -o listen_addresses= -o synchronous_commit=off -o "$LOCKS" -- --locale=C.UTF-8
    fi
    PGPORT=$(pg_lsclusters -h | awk -v n="$name" '$2 == n {print $3}')
    PGHOST=/var/run/postgresql
    PGUSER=$(id -un)
    # The server gets no variable of the calling environment but those listed here.
    [ -z "${CLOCKED:-}" ] || printf "%s = '%s'\n" LD_PRELOAD "$LD_PRELOAD" FAKETIME "$FAKETIME" \
        FAKETIME_DISABLE_SHM 1 DONT_FAKE_MONOTONIC 1 NO_FAKE_STAT 1 \
        >"/etc/postgresql/$version/$name/environment"
    if ! pg_ctlcluster "$version" "$name" status >/dev/null 2>&1; then
        install -d -o postgres -g postgres -m 2775 "$PGHOST"
        pg_ctlcluster --skip-systemctl-redirect "$version" "$name" start >/dev/null ||
            die "la grappe PostgreSQL $version/$name ne démarre pas (voir pg_lsclusters)."
    fi
    su postgres -c "psql -p $PGPORT -h $PGHOST -d postgres -Atc \
        \"SELECT 1 FROM pg_roles WHERE rolname = '$PGUSER'\"" | grep -q 1 ||
        su postgres -c "createuser -p $PGPORT -h $PGHOST --createdb $PGUSER"
}

ensure_user_cluster() {
    local bin data=$DEV/pg${CLOCKED:+_at}
    bin=$(pg_bin_dir)
    # A socket's path has 107 characters at most: not under a long project folder.
    PGHOST=${XDG_RUNTIME_DIR:-/tmp}/commune-$ID
    PGPORT=5432
    PGUSER=$(id -un)
    mkdir -p "$PGHOST"
    chmod 700 "$PGHOST"
    if [ ! -f "$data/PG_VERSION" ]; then
        quietly initdb "$bin/initdb" -D "$data" --locale=C.UTF-8 --auth=peer
        printf '%s\n' "listen_addresses = ''" "synchronous_commit = off" "$LOCKS" \
            >>"$data/postgresql.conf"
    fi
    "$bin/pg_ctl" -D "$data" status >/dev/null 2>&1 ||
        quietly pg-start "$bin/pg_ctl" -D "$data" -w -l "$DEV/log/postgresql.log" \
            -o "-k $PGHOST" start
}

db_exists() { [ "$(psql -d postgres -Atc "SELECT 1 FROM pg_database WHERE datname = '$1'")" = 1 ]; }
db_owned() { psql -d "$1" -Atc "SELECT latest_version FROM ir_module_module WHERE name = '$MODULE' AND state = 'installed'" 2>/dev/null; }

# --- Odoo's configuration and databases -------------------------------------------------

write_config() {
    mkdir -p "$DEV/addons" "$DEV/log" "$DEV/data"
    ln -sfn "$ROOT" "$DEV/addons/$MODULE"
    local oca
    oca=$("$PY" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/odoo/addons
    CONF=$DEV/odoo.conf
    {
        echo "[options]"
        echo "addons_path = $DEV/addons,$oca${ODOO_ADDONS:+,$ODOO_ADDONS}"
        echo "data_dir = $DEV/data"
        echo "db_host = ${PGHOST:-False}"
        echo "db_port = ${PGPORT:-False}"
        echo "db_user = ${PGUSER:-$(id -un)}"
        [ -z "${PGPASSWORD:-}" ] || echo "db_password = $PGPASSWORD"
        echo "http_interface = 127.0.0.1"
        echo "list_db = False"
        echo "without_demo = True"
    } >"$CONF.new"
    chmod 600 "$CONF.new"
    mv "$CONF.new" "$CONF"
}

run_odoo() { "$PY" "$ODOO_BIN" "$@"; }

depends() {
    "$PY" -c 'import ast, sys; print(",".join(ast.literal_eval(open(sys.argv[1]).read())["depends"]))' \
        "$ROOT/__manifest__.py"
}

# lighten_bundles DB: what Odoo builds before the tests. Without the pages of its own JavaScript tests,
# two fifths of that time. Without the file of `mail` that Debian leaves out for its licence, named
# all the same: else each page of the back office has an error in its console.
lighten_bundles() {
    local folder missing=mail/static/lib/selfie_segmentation/selfie_segmentation.js
    psql -q -d "$1" -c "UPDATE ir_ui_view SET active = false WHERE type = 'qweb' AND
        arch_db::text ~ 't-call-assets=..web.(tests_assets|assets_unit_tests|qunit_suite_tests)'"
    for folder in $ODOO_ADDONS $("$PY" -c 'import odoo.addons; print(*odoo.addons.__path__)' 2>/dev/null); do
        [ ! -f "$folder/$missing" ] || return 0
    done
    psql -q -d "$1" -c "INSERT INTO ir_asset (name, bundle, directive, path, sequence, active) VALUES
        ('Debian: file left out of mail', 'web.assets_backend', 'remove', '$missing', 16, true)"
}

# A database that holds Odoo, French and all that the manifest depends on; made once per
# set of dependencies, then copied. Sets TEMPLATE.
ensure_template() {
    TEMPLATE=commune_tpl_${ID}_$({
        cat "$ROOT/requirements.txt"
        depends
        declare -f lighten_bundles
        "$PY" "$ODOO_BIN" --version
    } | sha256sum | cut -c1-10)
    # A cluster can outlive the folder that held the files of its databases.
    db_exists "$TEMPLATE" && [ -d "$DEV/data/filestore/$TEMPLATE" ] && return 0
    dropdb --if-exists "$TEMPLATE"
    say "    base modèle (Odoo, français, dépendances) : environ une minute, une seule fois"
    local making=${TEMPLATE}_new
    dropdb --if-exists "$making"
    quietly template run_odoo -c "$CONF" -d "$making" -i "$(depends)" \
        --load-language=fr_FR --stop-after-init --no-http --max-cron-threads=0
    lighten_bundles "$making"
    psql -q -d postgres -c "ALTER DATABASE \"$making\" RENAME TO \"$TEMPLATE\""
    rm -rf "$DEV/data/filestore/$TEMPLATE"
    mv "$DEV/data/filestore/$making" "$DEV/data/filestore/$TEMPLATE"
}

# copy_template DB: a fresh database with its files.
copy_template() {
    dropdb --if-exists "$1"
    rm -rf "$DEV/data/filestore/$1"
    createdb -T "$TEMPLATE" "$1"
    cp -al "$DEV/data/filestore/$TEMPLATE" "$DEV/data/filestore/$1"
}

drop_database() {
    dropdb --if-exists --force "$1"
    rm -rf "$DEV/data/filestore/$1"
}
