package eu.sinusnode.policy.consent;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Period;
import org.jspecify.annotations.Nullable;

/**
 * What docs/consent.md says, word by word and slowly: straight from the Consents, without anything that the server decides
 * with.
 */
public final class SlowReference {

    /** An author whom a record does not name; and after a type and a slash, what of that type it belongs to untold. */
    public static final String UNTOLD = "?";

    /**
     * A record and who asks for it, in words.
     *
     * @param authors and perhaps {@link #UNTOLD}
     * @param wholes what it belongs to
     */
    public record Asked(
            Set<String> actors,
            String purpose,
            String type,
            String instance,
            Set<String> codes,
            Set<String> labels,
            @Nullable Instant low,
            @Nullable Instant high,
            boolean dated,
            Instant at,
            Set<String> authors,
            Set<String> wholes) {

        /** Of which nobody knows with what it hangs together. */
        public Asked(
                Set<String> actors,
                String purpose,
                String type,
                String instance,
                Set<String> codes,
                Set<String> labels,
                @Nullable Instant low,
                @Nullable Instant high,
                boolean dated,
                Instant at) {
            this(
                    actors,
                    purpose,
                    type,
                    instance,
                    codes,
                    labels,
                    low,
                    high,
                    dated,
                    at,
                    Set.of(UNTOLD),
                    Set.of("Encounter/" + UNTOLD, "CarePlan/" + UNTOLD));
        }
    }

    /** One rule: by element, what it says of it. */
    private record Saying(boolean permit, Map<String, String> words, Set<String> labels, Period... periods) {}

    private static final Set<String> WITHOUT_CODE_AND_TIME =
            Set.of("Patient", "RelatedPerson", "CareTeam", "Coverage", "Device", "Consent");

    private static final String RANKED = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality|";
    private static final String RANKS = "ULMNRV";

    /** Where a day of a rule begins and ends. */
    private final ZoneId zone;

    public SlowReference(ZoneId zone) {
        this.zone = zone;
    }

    public boolean permits(List<Consent> consents, Asked asked) {
        List<Saying> about = new ArrayList<>();
        for (Consent consent : consents) {
            if (consent.getStatus() == ConsentState.ACTIVE) {
                walk(new ArrayList<>(), consent.getProvision(), asked, about);
            }
        }
        boolean permitted = false;
        for (Saying saying : about) {
            permitted |= saying.permit;
        }
        for (Saying deny : about) {
            if (!deny.permit) {
                boolean beaten = false;
                for (Saying permit : about) {
                    beaten |= permit.permit && says(permit, deny) && !says(deny, permit);
                }
                permitted &= beaten;
            }
        }
        return permitted;
    }

    private void walk(
            List<ProvisionComponent> around, ProvisionComponent provision, Asked asked, List<Saying> about) {
        List<ProvisionComponent> path = new ArrayList<>(around);
        path.add(provision);
        boolean holds = path.stream().allMatch(each -> !each.hasPeriod() || inside(each.getPeriod(), asked.at));
        if (holds) {
            boolean permit = provision.getType() == ConsentProvisionType.PERMIT;
            for (Map<String, String> words : words(path)) {
                for (Set<String> labels : labels(path)) {
                    Saying saying = new Saying(
                            permit,
                            words,
                            labels,
                            path.stream()
                                    .filter(ProvisionComponent::hasDataPeriod)
                                    .map(ProvisionComponent::getDataPeriod)
                                    .toArray(Period[]::new));
                    if (isAbout(saying, asked)) {
                        about.add(saying);
                    }
                }
            }
        }
        provision.getProvision().forEach(nested -> walk(path, nested, asked, about));
    }

    private boolean isAbout(Saying saying, Asked asked) {
        String actor = saying.words.get("actor");
        String purpose = saying.words.get("purpose");
        String type = saying.words.get("class");
        String data = saying.words.getOrDefault("data", "");
        String code = saying.words.get("code");
        boolean byNature = WITHOUT_CODE_AND_TIME.contains(asked.type);
        if (actor != null && !asked.actors.contains(actor)
                || purpose != null && !purpose.equals(asked.purpose)
                || type != null && !type.equals(asked.type) && (saying.permit || !asked.type.equals("Bundle"))
                || data.startsWith("instance ") && !data.equals("instance " + asked.instance)) {
            return false;
        }
        String named = data.substring(data.indexOf(' ') + 1);
        if (data.startsWith("authoredby ")
                && (byNature || !hangs(saying.permit, named, UNTOLD, asked.authors))) {
            return false;
        }
        if (data.startsWith("related ")
                && (byNature || !hangs(saying.permit, named, named.split("/")[0] + "/" + UNTOLD, asked.wholes))) {
            return false;
        }
        if (code != null && (byNature || (asked.codes.isEmpty() ? saying.permit : !asked.codes.contains(code)))) {
            return false;
        }
        for (Period period : saying.periods) {
            if (byNature || (asked.dated ? !timeFits(saying.permit, period, asked) : saying.permit)) {
                return false;
            }
        }
        return saying.labels.stream().allMatch(label -> labelFits(saying.permit, label, asked.labels));
    }

    private static boolean hangs(boolean permit, String on, String untold, Set<String> told) {
        return told.contains(on) || !permit && told.contains(untold);
    }

    private boolean timeFits(boolean permit, Period period, Asked asked) {
        Instant first = first(period);
        Instant after = after(period);
        boolean beginsInside = first == null || asked.low != null && !asked.low.isBefore(first);
        boolean endsInside = after == null || asked.high != null && !asked.high.isAfter(after);
        boolean whollyBefore = first != null && asked.high != null && !asked.high.isAfter(first);
        boolean whollyAfter = after != null && asked.low != null && !asked.low.isBefore(after);
        return permit ? beginsInside && endsInside : !whollyBefore && !whollyAfter;
    }

    private static boolean labelFits(boolean permit, String label, Set<String> labels) {
        if (!label.startsWith(RANKED)) {
            return labels.contains(label);
        }
        int highest = -1;
        for (String each : labels) {
            if (each.startsWith(RANKED)) {
                int rank = RANKS.indexOf(each.substring(RANKED.length()));
                highest = Math.max(highest, rank < 0 ? RANKS.length() - 1 : rank);
            }
        }
        if (highest < 0) {
            highest = RANKS.indexOf('N');
        }
        int own = RANKS.indexOf(label.substring(RANKED.length()));
        return permit ? highest <= own : highest >= own;
    }

    private boolean says(Saying more, Saying less) {
        return more.words.entrySet().containsAll(less.words.entrySet())
                && more.labels.containsAll(less.labels)
                && (less.periods.length == 0
                        || more.periods.length > 0
                                && !begin(more).isBefore(begin(less))
                                && !end(more).isAfter(end(less)));
    }

    private Instant begin(Saying saying) {
        Instant latest = Instant.MIN;
        for (Period period : saying.periods) {
            Instant first = first(period);
            latest = first != null && first.isAfter(latest) ? first : latest;
        }
        return latest;
    }

    private Instant end(Saying saying) {
        Instant earliest = Instant.MAX;
        for (Period period : saying.periods) {
            Instant after = after(period);
            earliest = after != null && after.isBefore(earliest) ? after : earliest;
        }
        return earliest;
    }

    private boolean inside(Period period, Instant at) {
        Instant first = first(period);
        Instant after = after(period);
        return (first == null || !at.isBefore(first)) && (after == null || at.isBefore(after));
    }

    private @Nullable Instant first(Period period) {
        return period.hasStart() ? day(period.getStartElement().getValueAsString(), 0) : null;
    }

    private @Nullable Instant after(Period period) {
        return period.hasEnd() ? day(period.getEndElement().getValueAsString(), 1) : null;
    }

    private Instant day(String date, int later) {
        return LocalDate.parse(date)
                .plusDays(later)
                .atStartOfDay(zone)
                .toInstant();
    }

    /** Every choice of one word an element, each as the innermost provision says that says any. */
    private static List<Map<String, String>> words(List<ProvisionComponent> path) {
        List<Map<String, String>> choices = new ArrayList<>(List.of(Map.of()));
        elements().forEach((element, reader) -> {
            Set<String> said = Set.of();
            for (ProvisionComponent provision : path) {
                Set<String> own = reader.apply(provision);
                said = own.isEmpty() ? said : own;
            }
            if (!said.isEmpty()) {
                List<Map<String, String>> more = new ArrayList<>();
                for (Map<String, String> choice : choices) {
                    for (String word : said) {
                        Map<String, String> longer = new LinkedHashMap<>(choice);
                        longer.put(element, word);
                        if (element.equals("data") && word.startsWith("instance ")) {
                            longer.put("class", word.split("[ /]")[1]);
                        }
                        more.add(longer);
                    }
                }
                choices.clear();
                choices.addAll(more);
            }
        });
        return choices;
    }

    private static Map<String, Function<ProvisionComponent, Set<String>>> elements() {
        Map<String, Function<ProvisionComponent, Set<String>>> elements = new LinkedHashMap<>();
        elements.put("actor", provision -> provision.getActor().stream()
                .map(actor -> actor.getReference().getReference())
                .collect(Collectors.toSet()));
        elements.put("purpose", provision -> provision.getPurpose().stream()
                .map(Coding::getCode)
                .collect(Collectors.toSet()));
        elements.put(
                "class",
                provision -> provision.getClass_().stream().map(Coding::getCode).collect(Collectors.toSet()));
        elements.put("code", provision -> provision.getCode().stream()
                .flatMap(concept -> concept.getCoding().stream())
                .map(coding -> coding.getSystem() + "|" + coding.getCode())
                .collect(Collectors.toSet()));
        elements.put("data", provision -> provision.getData().stream()
                .map(data -> data.getMeaning().toCode() + " "
                        + data.getReference().getReference())
                .collect(Collectors.toSet()));
        return elements;
    }

    /** Every choice of one label of each provision that names some. */
    private static Set<Set<String>> labels(List<ProvisionComponent> path) {
        Set<Set<String>> choices = Set.of(Set.of());
        for (ProvisionComponent provision : path) {
            if (provision.hasSecurityLabel()) {
                Set<Set<String>> before = choices;
                choices = provision.getSecurityLabel().stream()
                        .flatMap(label -> before.stream().map(choice -> {
                            Set<String> longer = new TreeSet<>(choice);
                            longer.add(label.getSystem() + "|" + label.getCode());
                            return longer;
                        }))
                        .collect(Collectors.toSet());
            }
        }
        return choices;
    }
}
