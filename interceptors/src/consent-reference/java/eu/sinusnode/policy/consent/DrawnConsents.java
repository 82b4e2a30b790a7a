package eu.sinusnode.policy.consent;

import eu.sinusnode.profiles.Codes;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;

/** Consents that say anything. What is drawn at random may say what can never apply; a compiler refuses that. */
public final class DrawnConsents {

    /** Whatever a provision can say of a record by itself. */
    public static final int ALL_LIMITS = 9;

    /** And of with what it hangs together. */
    public static final int ALL_LIMITS_AND_BONDS = 10;

    private final Random random;
    private final Words words;

    /**
     * What Consents are drawn of.
     *
     * @param actors {@code Organization/…}
     * @param people {@code Practitioner/…}
     * @param instances {@code Type/id}
     * @param days in their order
     * @param authors {@code Type/id}
     * @param wholes {@code Type/id}, to which records belong
     */
    public record Words(
            List<String> actors,
            List<String> people,
            List<String> purposes,
            List<String> types,
            List<Code> codes,
            List<Code> labels,
            List<String> instances,
            List<LocalDate> days,
            List<String> authors,
            List<String> wholes) {

        /** Without anything that records hang together with. */
        public Words(
                List<String> actors,
                List<String> people,
                List<String> purposes,
                List<String> types,
                List<Code> codes,
                List<Code> labels,
                List<String> instances,
                List<LocalDate> days) {
            this(actors, people, purposes, types, codes, labels, instances, days, List.of(), List.of());
        }
    }

    public DrawnConsents(Random random, Words words) {
        this.random = random;
        this.words = words;
    }

    /** Gives the Consent a status and provisions. */
    public void fill(Consent consent, int kindsOfLimits) {
        consent.setStatus(random.nextInt(10) == 0 ? ConsentState.INACTIVE : ConsentState.ACTIVE);
        ProvisionComponent root = new ProvisionComponent();
        consent.setProvision(root);
        int form = random.nextInt(3);
        if (form == 0) {
            root.setType(ConsentProvisionType.PERMIT);
            name(root, List.of(), List.of());
            limit(root, 1, kindsOfLimits);
        } else {
            root.setType(form == 1 ? ConsentProvisionType.DENY : null);
        }
        nest(root, 1, kindsOfLimits);
    }

    private void nest(ProvisionComponent around, int level, int kindsOfLimits) {
        for (int i = random.nextInt(level == 1 ? 4 : 3); i > 0 && level < 4; i--) {
            ProvisionComponent provision = around.addProvision();
            provision.setType(random.nextBoolean() ? ConsentProvisionType.PERMIT : ConsentProvisionType.DENY);
            boolean permit = provision.getType() == ConsentProvisionType.PERMIT;
            if (level == 1 && permit || random.nextInt(4) == 0) {
                name(
                        provision,
                        around.getActor().stream()
                                .map(actor -> actor.getReference().getReference())
                                .toList(),
                        around.getPurpose().stream().map(Coding::getCode).toList());
            } else if (random.nextInt(level == 1 ? 3 : 8) == 0) {
                actor(provision, one(words.people));
            }
            limit(provision, 1 + random.nextInt(3), kindsOfLimits);
            nest(provision, level + 1, kindsOfLimits);
        }
    }

    private void name(ProvisionComponent provision, List<String> actors, List<String> purposes) {
        atLeastOne(actors.isEmpty() ? words.actors : actors).forEach(actor -> actor(provision, actor));
        atLeastOne(purposes.isEmpty() ? words.purposes : purposes)
                .forEach(purpose -> provision.addPurpose(new Coding(Codes.ACT_REASON, purpose, null)));
    }

    private static void actor(ProvisionComponent provision, String actor) {
        provision
                .addActor()
                .setRole(new CodeableConcept(new Coding(Codes.PARTICIPATION_TYPE, "IRCP", null)))
                .setReference(new Reference(actor));
    }

    private void limit(ProvisionComponent provision, int times, int kindsOfLimits) {
        for (int i = 0; i < times; i++) {
            switch (random.nextInt(kindsOfLimits)) {
                case 0, 1 ->
                    provision.setClass_(null).addClass_(new Coding(Codes.RESOURCE_TYPES, one(words.types), null));
                case 2, 3 ->
                    atLeastOne(words.codes)
                            .forEach(code -> provision.addCode(
                                    new CodeableConcept(new Coding(code.system(), code.code(), null))));
                case 4 -> provision.setPeriod(period());
                case 5 ->
                    provision
                            .addData()
                            .setMeaning(ConsentDataMeaning.INSTANCE)
                            .setReference(new Reference(one(words.instances)));
                case 6 -> provision.setDataPeriod(period());
                case 7 -> {
                    Code label = one(words.labels);
                    provision.addSecurityLabel(new Coding(label.system(), label.code(), null));
                }
                case 9 -> bond(provision);
                default -> {
                    // Nothing more.
                }
            }
        }
    }

    private void bond(ProvisionComponent provision) {
        boolean author = random.nextBoolean();
        provision
                .addData()
                .setMeaning(author ? ConsentDataMeaning.AUTHOREDBY : ConsentDataMeaning.RELATED)
                .setReference(new Reference(one(author ? words.authors : words.wholes)));
    }

    private Period period() {
        int half = words.days.size() / 2;
        int begin = random.nextInt(half);
        Period period = new Period();
        if (random.nextInt(4) > 0) {
            period.setStartElement(day(begin));
        }
        if (random.nextInt(4) > 0 || !period.hasStart()) {
            period.setEndElement(day(begin + random.nextInt(half)));
        }
        return period;
    }

    private DateTimeType day(int number) {
        return new DateTimeType(words.days.get(number).toString());
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private <T> Set<T> atLeastOne(List<T> of) {
        Set<T> some = new HashSet<>();
        for (int i = random.nextInt(of.size() + 1); i > 0; i--) {
            some.add(one(of));
        }
        return some.isEmpty() ? Set.of(one(of)) : some;
    }
}
