"""From the event that Lambda receives to the work that it asks for."""

from .event import read_event
from .work import Batch, Direct, EventLines, Message, ObjectReference, Unreadable, Work

__all__ = [
    "Batch",
    "Direct",
    "EventLines",
    "Message",
    "ObjectReference",
    "Unreadable",
    "Work",
    "read_event",
]
