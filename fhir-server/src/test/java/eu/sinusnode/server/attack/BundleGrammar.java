package eu.sinusnode.server.attack;

import java.util.ArrayList;
import java.util.List;

/** Transactions and batches whose entries ask together what one alone could not. */
final class BundleGrammar {

    private final Dice dice;
    private final SearchGrammar searches;
    private final ReadGrammar reads;
    private final WriteGrammar writes;

    BundleGrammar(Dice dice, SearchGrammar searches, ReadGrammar reads, WriteGrammar writes) {
        this.dice = dice;
        this.searches = searches;
        this.reads = reads;
        this.writes = writes;
    }

    Template next() {
        String type = dice.chance(90) ? dice.of("transaction", "batch") : dice.of("collection", "document", "history");
        List<String> entries = new ArrayList<>();
        for (int i = dice.between(1, 3); i > 0; i--) {
            entries.add(entry(i));
        }
        return Template.send(
                type,
                "POST",
                dice.of("", "", "", "/", "/Bundle"),
                List.of(),
                "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[" + String.join(",", entries)
                        + "]}");
    }

    /** The same question as one entry of a batch: what the request of its own must not tell, this must not either. */
    Template asked(Template question) {
        return Template.send(
                question.feature() + " in a batch",
                "POST",
                "",
                List.of(),
                "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[" + entry("GET", question, "") + "]}");
    }

    private String entry(int number) {
        return switch (dice.between(0, 7)) {
            case 0 -> entry("GET", searchOfUrl(), "");
            case 1 -> entry("GET", reads.next(), "");
            case 2, 3 ->
                "{\"fullUrl\":\"" + fullUrl(number) + "\",\"resource\":"
                        + writes.observation(null, subject(number), dice.of("«vitalId»", "b-" + number))
                        + ",\"request\":{\"method\":\"POST\",\"url\":\"Observation\"" + conditional() + "}}";
            case 4 ->
                "{\"resource\":" + writes.observation("«bp»", writes.subject(), "«vitalId»")
                        + ",\"request\":{\"method\":\"PUT\",\"url\":\""
                        + dice.of("Observation/«bp»", "Observation?identifier=«vitalId»")
                        + "\"" + dice.of("", ",\"ifMatch\":\"W/\\\"1\\\"\"", ",\"ifMatch\":\"W/\\\"99\\\"\"") + "}}";
            case 5 ->
                "{\"request\":{\"method\":\"DELETE\",\"url\":\""
                        + dice.of("Observation/«bp»", "Observation?identifier=«vitalId»") + "\"}}";
            case 6 ->
                "{\"fullUrl\":\"urn:uuid:«patient»\",\"resource\":{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"http://fhir.de/sid/gkv/kvid-10\",\"value\":\"«kvnr»\"}]}"
                        + ",\"request\":{\"method\":\"POST\",\"url\":\"Patient\",\"ifNoneExist\":\"identifier=http://fhir.de/sid/gkv/kvid-10|«kvnr»\"}}";
            default -> conditionalCreate();
        };
    }

    /** A search whose parameters stand in a body would ask for everything, of whichever world. */
    private Template searchOfUrl() {
        Template search = searches.next();
        return search.body() == null ? search : reads.next();
    }

    private String conditionalCreate() {
        String condition = writes.condition();
        return "{\"resource\":"
                + writes.observation(null, writes.subject(), WriteGrammar.identifierUnder(condition))
                + ",\"request\":{\"method\":\"POST\",\"url\":\"Observation\",\"ifNoneExist\":\"" + condition + "\"}}";
    }

    private String entry(String method, Template template, String more) {
        String url =
                template.path().replaceFirst("^/", "").replace("\\", "\\\\").replace("\"", "%22");
        return "{\"request\":{\"method\":\"" + method + "\",\"url\":\"" + url + "\"" + more + "}}";
    }

    private String fullUrl(int number) {
        return dice.of(
                "urn:uuid:00000000-0000-4000-8000-00000000000" + number,
                "urn:uuid:«bp»",
                "«base»/Observation/«bp»",
                "Observation/«bp»");
    }

    private String subject(int number) {
        return dice.of("Patient/«own»", "Patient/«patient»", "urn:uuid:«patient»", "Patient?identifier=«kvnr»");
    }

    private String conditional() {
        return dice.of(
                "",
                ",\"ifNoneExist\":\"identifier=https://sinusnode.eu/sid/vital|«vitalId»\"",
                ",\"ifNoneMatch\":\"W/\\\"1\\\"\"",
                ",\"ifModifiedSince\":\"2050-01-01T00:00:00Z\"");
    }
}
