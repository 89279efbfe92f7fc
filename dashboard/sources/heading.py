"""What stands over each part of the page データと出典."""

from dashboard.markup import Html, join, tag
from dashboard.view import View


def heading(view: View, name: str) -> Html:
    """Return the title of a part and the sentence below it."""
    return join(
        [
            tag("h2", view.text(f"datapage.{name}_title")),
            tag("p", view.text(f"datapage.{name}_sub"), class_="sub"),
        ]
    )
