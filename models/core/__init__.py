# What every pillar says the same way
from . import lengths
from . import collation
from . import guarded
from . import found
from . import leaving
from . import append_only
from . import activity
from . import told
from . import house
from . import typed_day
from . import cron
from . import apart
from . import pillar
from . import nearest
from . import search
from . import compiled
from . import letter
from . import post
from . import day  # what must I do today?
from . import own_screen
from . import own_window
from . import sender
from . import posting
from . import letter_read
from . import refusal
from . import thread
from . import grouping  # no group tells what one may not read
from . import proof
from . import export_log
from . import sent_form

# Settings, pages, papers
from . import res_company
from . import document
from . import paper
from . import lost_form
from . import ir_http
from . import house_door
from . import legal
from . import frame
from . import internal_mail
from . import calendar_door
from . import password_length
from . import res_config_settings
from . import log_mask
from . import demo
from . import words_of_others
