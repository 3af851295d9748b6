from rules import add_perm

from portal.core.rules import is_staff

add_perm("site.enter_workroom", is_staff)
