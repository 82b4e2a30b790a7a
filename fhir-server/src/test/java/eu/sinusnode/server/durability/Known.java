package eu.sinusnode.server.durability;

import org.jspecify.annotations.Nullable;

/** What the writer of a record knows of it: what was acknowledged last, and what is under way. */
final class Known {

    /**
     * @param version 0 when there is no such record
     * @param value the heart rate, or the word; null when the record was deleted, or was never there
     */
    record State(int version, @Nullable String value) {

        static final State ABSENT = new State(0, null);

        State next(@Nullable String value) {
            return new State(version + 1, value);
        }
    }

    private final String type;
    private final String identifier;
    private @Nullable String id;
    private State acknowledged = State.ABSENT;
    private State next = State.ABSENT;

    /** @param id null when the server chooses it */
    Known(String type, String identifier, @Nullable String id) {
        this.type = type;
        this.identifier = identifier;
        this.id = id;
    }

    String type() {
        return type;
    }

    boolean isVital() {
        return type.equals("Observation");
    }

    String identifier() {
        return identifier;
    }

    @Nullable
    String id() {
        return id;
    }

    String path() {
        return "/" + type + "/" + id;
    }

    State acknowledged() {
        return acknowledged;
    }

    State next() {
        return next;
    }

    boolean isPresent() {
        return acknowledged.value() != null;
    }

    Known attempt(@Nullable String value) {
        next = acknowledged.next(value);
        return this;
    }

    void found(String foundId) {
        id = foundId;
    }

    void settle() {
        acknowledged = next;
    }

    @Override
    public String toString() {
        return type + " " + identifier + " " + id + " " + acknowledged;
    }
}
