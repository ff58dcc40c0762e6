from . import test_notice_rule
