"""What clients have registered to ask for by its id."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from store.tables.row import Row


class RegisteredOperationRow(Row):
    """A document of a client's, byte by byte: its id is made of these bytes."""

    __tablename__ = "registered_operation"

    client_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    document: Mapped[bytes]
    names: Mapped[list[str]]
    registered_at: Mapped[datetime]
