"""Plain-text e-mail about accounts and work. It never says anything about a client."""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string


def send(template: str, *, to: str, subject: str, **context) -> None:
    """Send one message made from a text template. Raises what the mail server raises."""
    EmailMessage(f"IMS: {subject}", render_to_string(template, context), to=[to]).send()
