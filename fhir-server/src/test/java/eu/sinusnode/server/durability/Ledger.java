package eu.sinusnode.server.durability;

import eu.sinusnode.server.http.Records;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What one client has written for one patient, who has no other records of these types. Of one thread at a time. */
final class Ledger {

    private final String name;
    private final List<Known> records = new ArrayList<>();
    /** Since the last look. */
    private final Set<Known> touched = new LinkedHashSet<>();

    private final List<String> oldWords = new ArrayList<>();
    private List<Known> underWay = List.of();
    private int oldWordsTaken;
    private int words;

    Ledger(String name) {
        this.name = name;
    }

    String patient() {
        return Records.id(name);
    }

    String cuff() {
        return Records.id(name + "-cuff");
    }

    /** The id of a vital is the server's choice; that of a condition is the client's. */
    Known fresh(String type) {
        String identifier = name + "-" + records.size();
        Known known = new Known(type, identifier, type.equals("Observation") ? null : Records.id(identifier));
        records.add(known);
        return known;
    }

    Optional<Known> any(boolean vital, Random random) {
        List<Known> present = records.stream()
                .filter(record -> record.isVital() == vital && record.isPresent())
                .toList();
        return present.isEmpty() ? Optional.empty() : Optional.of(present.get(random.nextInt(present.size())));
    }

    /** A word that stands in no other version of any record. A digit at its end has no other forms. */
    String newWord() {
        return name + "w" + ++words;
    }

    void begin(List<Known> attempted) {
        underWay = attempted;
        touched.addAll(attempted);
    }

    void acknowledge() {
        for (Known known : underWay) {
            if (!known.isVital() && known.isPresent()) {
                oldWords.add(known.acknowledged().value());
            }
            known.settle();
        }
        underWay = List.of();
    }

    /** What was under way has left no trace. */
    void forget() {
        for (Known known : underWay) {
            if (!known.isVital()) {
                Optional.ofNullable(known.next().value()).ifPresent(oldWords::add);
            }
        }
        underWay = List.of();
    }

    List<Known> underWay() {
        return underWay;
    }

    List<Known> records() {
        return records;
    }

    /** What was written since this was last asked. */
    List<Known> takeTouched() {
        List<Known> taken = List.copyOf(touched);
        touched.clear();
        return taken;
    }

    /** Words that stand in no record any more. */
    List<String> oldWords() {
        return oldWords;
    }

    /** Those that came to that since this was last asked. */
    List<String> takeOldWords() {
        List<String> taken = List.copyOf(oldWords.subList(oldWordsTaken, oldWords.size()));
        oldWordsTaken = oldWords.size();
        return taken;
    }
}
