package eu.sinusnode.policy.validation.form;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import eu.sinusnode.policy.access.RequestFault;
import eu.sinusnode.policy.validation.form.Shape.Child;
import eu.sinusnode.policy.validation.form.Shape.Kind;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A resource as JSON (FHIR R4, json.html), token by token: a bad body is refused before anybody has made objects of it. */
final class JsonForm {

    /** As deep as a body may be nested; what FHIR needs is far below. */
    static final int DEEPEST = 200;

    /** So many resources in one another may have their type behind other elements: each is kept until it is known. */
    private static final int MOST_KEPT = 4;

    private static final int LONGEST_POINTER = 200;
    private static final String RESOURCE_TYPE = "resourceType";

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private final Shapes shapes;
    private final Faults faults = new Faults();
    private int kept;

    private JsonForm(Shapes shapes) {
        this.shapes = shapes;
    }

    /** Everything that would be lost; empty when the parser will take all of it. */
    static List<RequestFault> check(Shapes shapes, Reader text) throws IOException {
        JsonForm form = new JsonForm(shapes);
        try (JsonParser in = FACTORY.createParser(text)) {
            try {
                form.document(in);
            } catch (JsonProcessingException e) {
                form.unreadable(in, e);
            }
        }
        return form.faults.found();
    }

    private void document(JsonParser in) throws IOException {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            faults.addUnreadable("is no JSON object");
            return;
        }
        resource(in, null);
        if (in.nextToken() != null) {
            faults.addUnreadable("goes on after its end");
        }
    }

    /** What the parser says of it quotes the body; where it stands is enough. */
    private void unreadable(JsonParser in, JsonProcessingException broken) {
        String pointer = in.getParsingContext().pathAsPointer().toString();
        String at = "at line " + in.currentLocation().getLineNr() + ", column "
                + in.currentLocation().getColumnNr() + (pointer.length() > LONGEST_POINTER ? "" : ", " + pointer);
        if (broken instanceof StreamConstraintsException) {
            faults.addUnreadable("is deeper or longer than this server reads, " + at);
        } else if (String.valueOf(broken.getOriginalMessage()).startsWith("Duplicate field")) {
            faults.addUnreadable("has a name twice in one object, " + at);
        } else {
            faults.addUnreadable("is no JSON, " + at);
        }
    }

    /**
     * {@code in} stands at its opening bracket.
     *
     * @param place null for the body itself
     */
    private void resource(JsonParser in, @Nullable Place place) throws IOException {
        if (in.nextToken() == JsonToken.FIELD_NAME && in.currentName().equals(RESOURCE_TYPE)) {
            String type = in.nextToken() == JsonToken.VALUE_STRING ? in.getText() : null;
            Shape shape = shape(type, place);
            if (shape != null) {
                fields(in, shape, own(type, place), true);
            } else {
                in.skipChildren();
                skipFields(in);
            }
            return;
        }
        if (kept == MOST_KEPT) {
            faults.addUnreadable("has resources in one another with resourceType behind other elements: put it first");
            if (in.currentToken() == JsonToken.FIELD_NAME) {
                in.nextToken();
                in.skipChildren();
                skipFields(in);
            }
            return;
        }
        kept++;
        whenTypeIsKnown(in, place);
        kept--;
    }

    /** Its type stands further down, or nowhere: what comes before is kept until it is known. */
    private void whenTypeIsKnown(JsonParser in, @Nullable Place place) throws IOException {
        try (TokenBuffer before = new TokenBuffer(in)) {
            String type = keep(in, before);
            Shape shape = shape(type, place);
            if (shape != null) {
                try (JsonParser again = before.asParser(in)) {
                    again.nextToken();
                    fields(again, shape, own(type, place), true);
                }
            }
        }
    }

    /** The type that it says, or null. */
    private static @Nullable String keep(JsonParser in, TokenBuffer kept) throws IOException {
        String type = null;
        kept.writeStartObject();
        while (in.currentToken() == JsonToken.FIELD_NAME) {
            boolean isType = in.currentName().equals(RESOURCE_TYPE);
            kept.writeFieldName(in.currentName());
            if (in.nextToken() == JsonToken.VALUE_STRING && isType) {
                type = in.getText();
            }
            kept.copyCurrentStructure(in);
            in.nextToken();
        }
        kept.writeEndObject();
        return type;
    }

    private @Nullable Shape shape(@Nullable String type, @Nullable Place place) {
        Shape shape = type == null ? null : shapes.resource(type);
        String what = "has no resourceType of FHIR R4";
        if (shape == null) {
            if (place == null) {
                faults.addUnreadable(what);
            } else {
                faults.add(place, what);
            }
        }
        return shape;
    }

    private static Place own(@Nullable String type, @Nullable Place place) {
        return place == null ? Place.root(String.valueOf(type)) : place;
    }

    private static void skipFields(JsonParser in) throws IOException {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            in.nextToken();
            in.skipChildren();
        }
    }

    /**
     * Up to the closing bracket.
     *
     * @return whether it has an id and nothing else
     */
    private boolean fields(JsonParser in, Shape shape, Place place, boolean ofResource) throws IOException {
        JsonPairs pairs = new JsonPairs(place, faults);
        boolean says = ofResource;
        boolean named = !shape.isExtension();
        boolean onlyId = !ofResource;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            says = says || shape.says(name);
            named = named || name.equals("url");
            onlyId = onlyId && name.equals("id");
            in.nextToken();
            if (ofResource && name.equals(RESOURCE_TYPE)) {
                continue;
            }
            Place at = place.child(name);
            boolean beside = name.startsWith("_");
            Child child = shape.child(beside ? name.substring(1) : name);
            if (child == null || beside && !child.shape().kind().isPrimitive()) {
                faults.add(at, "is no element of FHIR R4");
                in.skipChildren();
            } else {
                pairs.choose(child, beside ? name.substring(1) : name);
                values(in, child, at, pairs, beside);
            }
        }
        if (!says) {
            faults.add(place, "says nothing; leave it out");
        } else if (!named) {
            faults.add(place, "has no url");
        }
        pairs.close();
        return onlyId;
    }

    private void values(JsonParser in, Child child, Place place, JsonPairs pairs, boolean beside) throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            if (child.repeats()) {
                faults.add(place, "is a list in FHIR R4: put it into [ ]");
                in.skipChildren();
            } else {
                boolean onlyId = one(in, child.shape(), place, beside);
                if (beside && onlyId) {
                    pairs.onlyId(place.name());
                }
            }
            return;
        }
        if (!child.repeats()) {
            faults.add(place, "is one value in FHIR R4, not a list");
            in.skipChildren();
            return;
        }
        JsonPairs.Values counted = beside ? pairs.beside(place.name().substring(1)) : pairs.of(place.name());
        boolean nullsAllowed = child.shape().kind().isPrimitive();
        int index = 0;
        while (in.nextToken() != JsonToken.END_ARRAY) {
            boolean isNull = in.currentToken() == JsonToken.VALUE_NULL;
            boolean absent = isNull && nullsAllowed;
            boolean onlyId = !absent && one(in, child.shape(), place.item(index), beside);
            counted.add(absent, beside && onlyId);
            index++;
        }
        if (index == 0) {
            faults.add(place, "is an empty list; leave it out");
        }
    }

    /** @return whether it is an object that has an id and nothing else */
    private boolean one(JsonParser in, Shape shape, Place place, boolean beside) throws IOException {
        JsonToken token = in.currentToken();
        Kind kind = shape.kind();
        boolean object = beside || kind == Kind.COMPLEX || kind == Kind.RESOURCE;
        if (token == JsonToken.VALUE_NULL) {
            faults.add(place, "is null; leave it out");
        } else if (object != (token == JsonToken.START_OBJECT)) {
            faults.add(place, object ? "is an object in FHIR R4" : "is a single value in FHIR R4");
            in.skipChildren();
        } else if (beside || kind == Kind.COMPLEX) {
            return fields(in, shape, place, false);
        } else if (kind == Kind.RESOURCE) {
            resource(in, place);
        } else {
            single(in, kind, place);
        }
        return false;
    }

    private void single(JsonParser in, Kind kind, Place place) throws IOException {
        JsonToken token = in.currentToken();
        String wrong =
                switch (kind) {
                    case BOOLEAN -> token.isBoolean() ? null : "is true or false in FHIR R4, without quotes";
                    case INTEGER ->
                        token == JsonToken.VALUE_NUMBER_INT ? null : "is a whole number in FHIR R4, without quotes";
                    case DECIMAL ->
                        token.isNumeric()
                                ? Values.decimalFault(in.getText())
                                : "is a number in FHIR R4, without quotes";
                    default ->
                        token == JsonToken.VALUE_STRING
                                ? Values.fault(kind, in.getText())
                                : "is a text in FHIR R4: put it into quotes";
                };
        if (wrong != null) {
            faults.add(place, wrong);
        }
    }
}
