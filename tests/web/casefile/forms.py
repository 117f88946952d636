"""Reading a form as a browser without scripts does: what it would send, untouched."""

from __future__ import annotations

from html.parser import HTMLParser


class FormReader(HTMLParser):
    """Gathers the fields of the one form whose opening tag has an attribute."""

    def __init__(self, attribute, value):
        super().__init__()
        self.wanted = (attribute, value)
        self.is_within = self.is_in_template = False
        self.fields = {}
        self.area = self.select = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            name, value = self.wanted
            self.is_within = name in given and value in {None, given[name]}
        elif tag == "template":
            self.is_in_template = True
        elif self.is_within and not self.is_in_template:
            read = getattr(self, f"read_{tag}", None)
            if read is not None:
                read(given)

    def read_input(self, given):
        name, value = given.get("name"), given.get("value", "")
        if given.get("type") not in {"radio", "checkbox"}:
            self.fields[name] = [value]
        elif "checked" in given:
            self.fields.setdefault(name, []).append(value)

    def read_textarea(self, given):
        self.area = given["name"]
        self.fields[self.area] = [""]

    def read_select(self, given):
        self.select = given["name"]

    def read_option(self, given):
        # Without a choice, a browser sends the first.
        if "selected" in given or self.select not in self.fields:
            self.fields[self.select] = [given["value"]]

    def handle_data(self, text):
        if self.area:
            self.fields[self.area][0] += text

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area:
            # A browser drops the first line end of a text area.
            self.fields[self.area][0] = self.fields[self.area][0].removeprefix("\n")
            self.area = None
        elif tag == "template":
            self.is_in_template = False
        elif tag == "form":
            self.is_within = False


def fields_of(response, attribute="data-autosave", value=None):
    """Return what the form of a page would send as it stands, line ends as a browser sends them."""
    reader = FormReader(attribute, value)
    reader.feed(response.content.decode())
    return {
        name: [value.replace("\n", "\r\n") for value in values]
        for name, values in reader.fields.items()
    }
