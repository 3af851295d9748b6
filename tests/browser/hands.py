"""Two ways through a page for whoever cannot use it as most do: the keys alone, and no script."""

import re

from playwright.sync_api import expect

#: So many stops a page may have before what is looked for: more is nobody's to walk.
MOST_STOPS = 150
#: Round the thing itself, or round what holds it and its words.
SHOWN = """one => [one, one.parentElement, ...(one.labels ?? [])].some(drawn => {
    const style = getComputedStyle(drawn);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
})"""


class Hands:
    """Without a script: what the page itself can do."""

    def __init__(self, page):
        self.page = page

    def press(self, target):
        target.click()
        self.page.wait_for_load_state()

    def write(self, target, text):
        target.fill(text)

    def pick(self, target, label):
        target.select_option(label=label)

    def tick(self, target):
        target.check()

    def attach(self, target, path):
        target.set_input_files(path)


class Keys(Hands):
    """Tab, the arrows, Space, Enter and letters; wherever one stops, the page shows where."""

    def __init__(self, page):
        super().__init__(page)
        page.on("filechooser", lambda chooser: chooser.set_files(self.found))

    def press(self, target):
        self.reach(target)
        self.page.keyboard.press("Enter")
        self.page.wait_for_load_state()

    def write(self, target, text):
        self.reach(target)
        if target.get_attribute("type") == "date":
            year, month, day = text.split("-")
            self.page.keyboard.type(month + day + year)  # as this browser's own language has it
        else:
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(text)
        expect(target).to_have_value(text)

    def pick(self, target, label):
        """From the first choice and downwards."""
        self.reach(target)
        self.page.keyboard.press("Home")
        for _choice in target.locator("option").all():
            if target.locator("option:checked").inner_text() == label:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"No such choice: {label}")

    def tick(self, target):
        """A box is a stop; of radio buttons only one is, and the arrows lead to the others."""
        if target.get_attribute("type") == "radio":
            name = target.get_attribute("name")
            self._walk(f"one => one.name === '{name}'", target, "Tab")
            self._walk("(one, target) => one === target", target, "ArrowDown")
        else:
            self.reach(target)
        if not target.is_checked():
            self.page.keyboard.press("Space")
        expect(target).to_be_checked()

    def attach(self, target, path):
        """The window of files is the machine's own: there it is found."""
        self.found = path
        self.reach(target)
        self.page.keyboard.press("Enter")
        expect(target).to_have_value(re.compile(path.name))

    def reach(self, target):
        self._walk("(one, target) => one === target", target, "Tab")

    def _walk(self, is_there, target, key):
        target = target.element_handle()
        test = f"target => ({is_there})(document.activeElement, target)"
        for _stop in range(MOST_STOPS):
            if target.evaluate(test):
                assert target.evaluate(f"() => ({SHOWN})(document.activeElement)"), (
                    "The page does not show where one is.", target.evaluate("it => it.outerHTML")
                )  # fmt: skip
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"Never reached: {target.evaluate('it => it.outerHTML')}")
