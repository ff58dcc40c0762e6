# Table of contents, in order of dependency: a pillar uses those above it, never below.
from . import core  # settings, PDF engine
from . import territory  # communes, functions, mandates, open data
from . import requests  # topics, referents, orientation, requests of the communes
from . import network  # audiences, preferences, mailings, group, events, trainings
from . import committees  # committees, notice rules, sessions, attendance, decisions
from . import services  # catalogue, conventions, subscriptions, projects
from . import surveys  # campaigns, one official answer per commune
from . import replacement  # agents, requests, proposals, missions
from . import knowledge  # guides for communes, legislative watch
from . import steering  # promises, contacts, figures, reports over all pillars
