package eu.sinusnode.policy.validation.form;

import eu.sinusnode.policy.access.RequestFault;
import eu.sinusnode.policy.validation.form.Shape.Child;
import eu.sinusnode.policy.validation.form.Shape.Kind;
import java.io.Reader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** A resource as XML (FHIR R4, xml.html), event by event. Comments and processing instructions say nothing and may be lost. */
final class XmlForm {

    private static final String FHIR = "http://hl7.org/fhir";
    private static final String XHTML = "http://www.w3.org/1999/xhtml";
    /** Woodstox would throw from the accessors, and unchecked. */
    private static final String LAZY = "com.ctc.wstx.lazyParsing";

    private static final XMLInputFactory FACTORY = factory();

    private final Shapes shapes;
    private final XMLStreamReader in;
    private final Faults faults;
    private int depth;

    private XmlForm(Shapes shapes, XMLStreamReader in, Faults faults) {
        this.shapes = shapes;
        this.in = in;
        this.faults = faults;
    }

    /** @param charset in which the text was read: what the declaration says has to be the same */
    static List<RequestFault> check(Shapes shapes, Reader text, String charset) {
        Faults faults = new Faults();
        try {
            XMLStreamReader in = FACTORY.createXMLStreamReader(text);
            try {
                new XmlForm(shapes, in, faults).document(charset);
            } finally {
                in.close();
            }
        } catch (XMLStreamException e) {
            // What it says of it quotes the body; where it stands is enough.
            Location at = e.getLocation();
            faults.addUnreadable("is no XML"
                    + (at == null ? "" : ", at line " + at.getLineNumber() + ", column " + at.getColumnNumber()));
        }
        return faults.found();
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // An entity that nobody declared is an error then; else it would be nothing, in the midst of a value.
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        if (factory.isPropertySupported(LAZY)) {
            factory.setProperty(LAZY, false);
        }
        return factory;
    }

    private void document(String charset) throws XMLStreamException {
        String declared = in.getCharacterEncodingScheme();
        if (declared != null && !declared.equalsIgnoreCase(charset)) {
            faults.addUnreadable("says another encoding than its Content-Type: send it as UTF-8");
            return;
        }
        while (in.hasNext()) {
            int event = in.next();
            if (event == XMLStreamConstants.DTD) {
                faults.addUnreadable("has a DOCTYPE, which FHIR does not use");
                return;
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                resource(null);
            }
        }
    }

    /** At its opening tag. */
    private void resource(@Nullable Place place) throws XMLStreamException {
        String type = in.getLocalName();
        Shape shape = FHIR.equals(in.getNamespaceURI()) ? shapes.resource(type) : null;
        if (shape == null) {
            String what = "is no resource of FHIR R4 in the namespace " + FHIR;
            if (place == null) {
                faults.addUnreadable(what);
            } else {
                faults.add(place, what);
            }
            skip();
            return;
        }
        complex(shape, place == null ? Place.root(type) : place);
    }

    private void complex(Shape shape, Place place) throws XMLStreamException {
        if (!deeper(place)) {
            return;
        }
        boolean named = !shape.isExtension() || in.getAttributeValue(null, "url") != null;
        boolean onlyId = shape.kind().isPrimitive() && in.getAttributeValue(null, "id") != null;
        boolean says = attributes(shape, place);
        Map<String, Integer> counts = new HashMap<>();
        Map<String, String> chosen = new HashMap<>();
        while (in.next() != XMLStreamConstants.END_ELEMENT) {
            if (in.isStartElement()) {
                says = true;
                onlyId = onlyId && !in.getLocalName().equals("extension");
                child(shape, place, counts, chosen);
            } else if (in.isCharacters() && !in.isWhiteSpace()) {
                faults.add(place, "has text between its elements");
            }
        }
        depth--;
        if (!says && !shape.isResource()) {
            faults.add(place, "says nothing; leave it out");
        } else if (onlyId) {
            faults.add(place, JsonPairs.ONLY_ID);
        } else if (!named) {
            faults.add(place, "has no url");
        }
    }

    private void child(Shape shape, Place place, Map<String, Integer> counts, Map<String, String> chosen)
            throws XMLStreamException {
        String name = in.getLocalName();
        Place at = place.child(name);
        Child child = shape.isResource() || !name.equals("id") ? shape.child(name) : null;
        boolean narrative = child != null && child.shape().kind() == Kind.NARRATIVE;
        if (child == null || isAttribute(shape, name) || !(narrative ? XHTML : FHIR).equals(in.getNamespaceURI())) {
            faults.add(at, "is no element of FHIR R4");
            skip();
            return;
        }
        int count = counts.merge(name, 1, Integer::sum);
        if (!child.repeats() && count > 1) {
            faults.add(at, "stands more than once");
        }
        String before = child.choice() == null ? null : chosen.putIfAbsent(child.choice(), name);
        if (before != null && !before.equals(name)) {
            faults.add(at, "stands beside " + before + ", and only one of them may be there");
        }
        value(child.shape(), child.repeats() ? at.item(count - 1) : at);
    }

    private void value(Shape shape, Place place) throws XMLStreamException {
        if (shape.kind() == Kind.NARRATIVE) {
            skip();
        } else if (shape.kind() == Kind.RESOURCE) {
            resourceInside(place);
        } else {
            complex(shape, place);
        }
    }

    /** Around a resource stands the element that holds it, and nothing else. */
    private void resourceInside(Place place) throws XMLStreamException {
        if (!deeper(place)) {
            return;
        }
        if (in.getAttributeCount() > 0) {
            faults.add(place, "has an attribute, which FHIR R4 does not have here");
        }
        int resources = 0;
        while (in.next() != XMLStreamConstants.END_ELEMENT) {
            if (in.isStartElement()) {
                resources++;
                resource(place);
            } else if (in.isCharacters() && !in.isWhiteSpace()) {
                faults.add(place, "has text between its elements");
            }
        }
        depth--;
        if (resources != 1) {
            faults.add(place, "holds one resource in FHIR R4");
        }
    }

    /** Whether they say something. */
    private boolean attributes(Shape shape, Place place) {
        boolean says = false;
        for (int i = 0; i < in.getAttributeCount(); i++) {
            String name = in.getAttributeLocalName(i);
            String namespace = in.getAttributeNamespace(i);
            boolean ours = (namespace == null || namespace.isEmpty())
                    && (name.equals("value") && shape.kind().isPrimitive()
                            || name.equals("id") && !shape.isResource()
                            || isAttribute(shape, name));
            says = says || !ours || !name.equals("id") && shape.says(name);
            if (ours) {
                Kind kind = name.equals("value") ? shape.kind() : Kind.TEXT;
                String wrong = Values.fault(kind, in.getAttributeValue(i));
                if (wrong != null) {
                    faults.add(place.child(name), wrong);
                }
            } else {
                faults.add(place.child(name), "is no attribute of FHIR R4");
            }
        }
        return says;
    }

    private static boolean isAttribute(Shape shape, String name) {
        return name.equals("url") && shape.isExtension();
    }

    private boolean deeper(Place place) throws XMLStreamException {
        if (++depth > JsonForm.DEEPEST) {
            faults.add(place, "is deeper than this server reads");
            skip();
            depth--;
            return false;
        }
        return true;
    }

    /** To the end of the element that is open. */
    private void skip() throws XMLStreamException {
        int open = 1;
        while (open > 0) {
            int event = in.next();
            open += event == XMLStreamConstants.START_ELEMENT ? 1 : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
        }
    }
}
