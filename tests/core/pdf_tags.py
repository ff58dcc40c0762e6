"""What a screen reader finds in a PDF, read by another library than those that wrote it."""

import io
import itertools

import pikepdf


class Tags:
    """The tags of a PDF. problems: what a screen reader would stumble over, in words; headers:
    names of the header cells of tables; links: (page, page that it leads to), within the file."""

    def __init__(self, content):
        self.file = pikepdf.open(io.BytesIO(content))
        self.root = self.file.Root
        self.problems = [str(one) for one in self.file.check_pdf_syntax()]
        self.headers, self.named, self.links = [], [], []
        with self.file.open_metadata() as metadata:
            self.is_marked = metadata.get("pdfuaid:part") == "1"
        self.numbers = [page.obj.objgen for page in self.file.pages]
        self._read_places()
        tree = self.root.StructTreeRoot
        for element in tree.K:
            self._read_element(element, tree)
        if len(set(self.headers)) < len(self.headers):
            self.problems.append("two cells have one name")
        if not set(self.named) <= set(self.headers):
            self.problems.append("a cell names a header that is not there")

    def _read_places(self):
        """Each page and each link leads to tags that are of this page."""
        nums = list(self.root.StructTreeRoot.ParentTree.Nums)
        if len(set(nums[::2])) < len(nums[::2]):
            self.problems.append("two pages or links have one place")
        places = dict(itertools.batched(nums, 2))
        for index, page in enumerate(self.file.pages):
            found = list(places[page.StructParents])
            for annotation in page.get("/Annots", pikepdf.Array()):
                found.append(places[annotation.StructParent])
                self._read_link(index, annotation)
            if any(one.Pg.objgen != page.obj.objgen for one in found):
                self.problems.append(f"tags of another page on page {index + 1}")

    def _read_link(self, index, annotation):
        place = annotation.get("/Dest") or annotation.get("/A", pikepdf.Dictionary()).get("/D")
        if isinstance(place, pikepdf.Array):
            self.links.append((index, self.numbers.index(place[0].objgen)))

    def _read_element(self, element, parent):
        if element.P.objgen != parent.objgen:
            self.problems.append("an element that its parent does not know")
        if "/ID" in element:
            self.headers.append(str(element.ID))
        if "/A" in element and "/Headers" in element.A:
            self.named += [str(name) for name in element.A.Headers]
        children = element.get("/K", pikepdf.Array())
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                self._read_element(child, element)
