"""Where a page stands, for every list that is read page by page."""

from __future__ import annotations

import strawberry

from resolvers import page
from schema.field import field, plain


@strawberry.type(description="Where a page stands in its list (Relay).")
class PageInfo:
    has_next_page: bool = plain("Whether there is more after this page.")
    has_previous_page: bool = plain("Always false: the list is read forwards.")
    start_cursor: str | None = field(page.start_cursor, "The cursor of the first place.")
    end_cursor: str | None = field(page.end_cursor, "The cursor of the last, for `after`.")
