"""`odoo commune_setup -d DATABASE --epci SIREN`: the set-up wizard from the command line."""

import sys

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.cli.command import Command
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tools import config


class CommuneSetup(Command):
    """Create the communes of an intercommunality and load their elected officials"""

    name = "commune_setup"

    def run(self, cmdargs):
        """Set up one database; exit code 2 with one clear line when that cannot be done."""
        parser = self.parser
        parser.add_argument("-c", "--config", help="configuration file of Odoo")
        parser.add_argument("-d", "--database", required=True)
        parser.add_argument("--epci", required=True, metavar="SIREN")
        parser.add_argument(
            "--demo",
            action="store_true",
            help="add demonstration accounts, and fictitious persons without data.gouv.fr",
        )
        parser.add_argument("--offline", action="store_true", help="do not try data.gouv.fr")
        args = parser.parse_args(cmdargs)
        options = ["--no-http", "-d", args.database]
        config.parse_config(
            (["-c", args.config] if args.config else []) + options, setup_logging=True
        )
        with Registry(args.database).cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {"lang": "fr_FR"})
            try:
                for line in env["commune.reference.epci"]._set_up_everything(
                    args.epci, demo=args.demo, online=not args.offline
                ):
                    sys.stdout.write(f"    {line}\n")
                    sys.stdout.flush()
            except UserError as error:
                cr.rollback()
                sys.stderr.write(f"{error}\n")
                sys.exit(2)
