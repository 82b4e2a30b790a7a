package eu.sinusnode.server.export.job;

import eu.sinusnode.policy.disclosure.BulkDisclosure;
import eu.sinusnode.server.records.Mentions;
import eu.sinusnode.server.records.RecordModel;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Resource;

/** The lines that a run writes, and which records of nobody they refer to. */
final class RunLines {

    private final RunFiles files;
    private final RecordModel model;
    private final Set<String> mentionedTypes;
    private final Set<String> mentioned = new HashSet<>();

    /**
     * A record as it stands in a file.
     *
     * @param mentioned records of nobody, {@code Type/id}, that it refers to
     */
    record Line(String type, byte[] json, Set<String> mentioned) {}

    /** @param types of the export */
    RunLines(RunFiles files, RecordModel model, Set<String> types) {
        this.files = files;
        this.model = model;
        this.mentionedTypes =
                types.stream().filter(BulkDisclosure::mayBeOfNobody).collect(Collectors.toSet());
    }

    /**
     * @param owners whose record it is, sorted
     * @param grounds what it was decided on that they are given
     */
    void record(Resource told, List<UUID> owners, byte[] grounds) throws IOException {
        write(line(told), owners, grounds);
    }

    Line line(Resource told) {
        String json = model.line(told);
        Set<String> refersTo = new HashSet<>();
        Mentions.of(json, mentionedTypes, refersTo::add);
        return new Line(told.fhirType(), RecordModel.bytes(json), refersTo);
    }

    void write(Line line, List<UUID> owners, byte[] grounds) throws IOException {
        mentioned.addAll(line.mentioned());
        files.write(line.type(), false, owners, grounds, line.json());
    }

    void vital(VitalLine vital, List<UUID> owners, byte[] grounds) throws IOException {
        for (String reference : vital.references()) {
            Mentions.named(reference, mentionedTypes, mentioned::add);
        }
        files.write(VitalLine.TYPE, false, owners, grounds, vital.line());
    }

    void deletion(String type, String id, List<UUID> owners, byte[] grounds) throws IOException {
        files.write(type, true, owners, grounds, RecordModel.bytes(model.line(Deletions.of(type, id))));
    }

    /** Records of nobody, {@code Type/id}, that were referred to since {@link #forgetMentioned}. */
    Set<String> mentioned() {
        return mentioned;
    }

    void forgetMentioned() {
        mentioned.clear();
    }
}
