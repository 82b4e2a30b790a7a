package eu.sinusnode.analysis.flag;

import eu.sinusnode.analysis.retry.TransientFailure;
import eu.sinusnode.analysis.risk.ModelIdentity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory that takes transactions as a server does: assigned ids, versions, If-Match, one open flag of an
 * identifier, all or nothing.
 */
public final class FakeFlagStore implements FlagStore {

    private final Map<String, Resource> stored = new LinkedHashMap<>();
    private final List<Bundle> transactions = new ArrayList<>();
    private int failuresBefore;
    private int failuresAfter;
    private int kills = -1;
    private @Nullable String leftOut;
    private @Nullable String refused;
    private final List<String> askedAlone = new ArrayList<>();
    private final List<Set<String>> askedTogether = new ArrayList<>();
    private int conflicts;
    private Runnable meanwhile = () -> {};

    /** As if the process had ended: nobody handles it. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** The next transactions fail before anything is stored. */
    public void failBeforeStoring(int times) {
        failuresBefore = times;
    }

    /** The next transactions are stored, but the answer does not arrive. */
    public void loseAnswers(int times) {
        failuresAfter = times;
    }

    /** The writer is killed when so many transactions are stored. */
    public void killAfter(int many) {
        kills = many;
    }

    /** What is about this patient is refused for good, and all that comes with it. */
    public void refuseThoseOf(@Nullable String patient) {
        refused = "Patient/" + patient;
    }

    /** Somebody else does something just before the next transaction comes in. */
    public void meanwhile(Runnable others) {
        meanwhile = others;
    }

    /** How many flags were to be created beside an open one. */
    public int conflicts() {
        return conflicts;
    }

    public List<Bundle> transactions() {
        return transactions;
    }

    public synchronized void clear() {
        stored.clear();
        transactions.clear();
    }

    public synchronized <T extends Resource> List<T> all(Class<T> type) {
        return stored.values().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .map(resource -> type.cast(resource.copy()))
                .toList();
    }

    /** As if someone else had written a new version. */
    public synchronized void replace(Resource resource) {
        put(resource.copy(), resource.getIdElement());
    }

    /** Patients whose flags were asked for by themselves. */
    public synchronized List<String> askedAlone() {
        return List.copyOf(askedAlone);
    }

    public synchronized List<Set<String>> askedTogether() {
        return List.copyOf(askedTogether);
    }

    @Override
    public List<Observation> flagsOf(String patient) {
        synchronized (this) {
            askedAlone.add(patient);
        }
        return stored(patient);
    }

    private List<Observation> stored(String patient) {
        return all(Observation.class).stream()
                .filter(flag -> flag.getSubject().getReference().equals("Patient/" + patient))
                .toList();
    }

    /** Searches for many leave this patient out. */
    public void leaveOut(String patient) {
        leftOut = patient;
    }

    @Override
    public Map<String, List<Observation>> flagsOfMany(Collection<String> patients) {
        synchronized (this) {
            if (!patients.isEmpty()) {
                askedTogether.add(Set.copyOf(patients));
            }
        }
        Map<String, List<Observation>> found = new HashMap<>();
        patients.stream().filter(patient -> !patient.equals(leftOut)).forEach(patient -> {
            List<Observation> flags = stored(patient);
            if (!flags.isEmpty()) {
                found.put(patient, flags);
            }
        });
        return found;
    }

    @Override
    public List<Task> signOffTasksOf(String patient) {
        return all(Task.class).stream()
                .filter(task -> task.getFor().getReference().equals("Patient/" + patient))
                .toList();
    }

    @Override
    public String deviceOf(ModelIdentity identity) {
        return "Device/" + UUID.nameUUIDFromBytes(identity.id().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized void write(Bundle transaction) {
        Runnable others = meanwhile;
        meanwhile = () -> {};
        others.run();
        if (transaction.getEntry().stream()
                .anyMatch(entry -> entry.getResource() instanceof Observation flag
                        && flag.getSubject().getReference().equals(refused))) {
            throw new WriteRefused("not so", false);
        }
        if (failuresBefore > 0) {
            failuresBefore--;
            throw new TransientFailure("busy");
        }
        Map<String, Resource> before = new LinkedHashMap<>(stored);
        try {
            Map<String, String> ids = new HashMap<>();
            transaction.getEntry().stream()
                    .filter(entry -> entry.getRequest().getMethod() == HTTPVerb.POST)
                    .forEach(entry ->
                            ids.put(entry.getFullUrl(), entry.getResource().fhirType() + "/" + UUID.randomUUID()));
            transaction.getEntry().forEach(entry -> store(entry, ids));
        } catch (TransientFailure conflict) {
            stored.clear();
            stored.putAll(before);
            throw conflict;
        }
        transactions.add(transaction.copy());
        if (transactions.size() == kills) {
            throw new Killed();
        }
        if (failuresAfter > 0) {
            failuresAfter--;
            throw new TransientFailure("the answer was lost");
        }
    }

    private void store(BundleEntryComponent entry, Map<String, String> ids) {
        Resource resource = entry.getResource().copy();
        resolve(resource, ids);
        if (entry.getRequest().getMethod() == HTTPVerb.POST) {
            if (resource instanceof Observation flag && isOpenAlready(flag)) {
                conflicts++;
                throw new TransientFailure("another writer was faster");
            }
            put(resource, new IdType(ids.get(entry.getFullUrl())));
            return;
        }
        Resource current = Objects.requireNonNull(stored.get(entry.getRequest().getUrl()));
        String expected = "W/\"" + current.getIdElement().getVersionIdPart() + "\"";
        if (!expected.equals(entry.getRequest().getIfMatch())) {
            throw new TransientFailure("another writer was faster");
        }
        put(resource, current.getIdElement());
    }

    private boolean isOpenAlready(Observation created) {
        return all(Observation.class).stream()
                .anyMatch(flag -> flag.getStatus() == ObservationStatus.PRELIMINARY
                        && flag.getIdentifierFirstRep().equalsDeep(created.getIdentifierFirstRep()));
    }

    private void put(Resource resource, IdType id) {
        String key = id.toUnqualifiedVersionless().getValue();
        Resource before = stored.get(key);
        long version = before == null ? 1 : before.getIdElement().getVersionIdPartAsLong() + 1;
        resource.setId(new IdType(key).withVersion(String.valueOf(version)));
        resource.getMeta().setVersionId(String.valueOf(version));
        stored.put(key, resource);
    }

    private static void resolve(Resource resource, Map<String, String> ids) {
        if (resource instanceof Provenance provenance) {
            provenance.getTarget().forEach(target -> resolve(target, ids));
        } else if (resource instanceof Task task) {
            resolve(task.getFocus(), ids);
        }
    }

    private static void resolve(Reference reference, Map<String, String> ids) {
        reference.setReference(ids.getOrDefault(reference.getReference(), reference.getReference()));
    }
}
