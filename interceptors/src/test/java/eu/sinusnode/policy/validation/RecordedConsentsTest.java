package eu.sinusnode.policy.validation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.Sender;
import eu.sinusnode.policy.consent.ConsentCompiler;
import eu.sinusnode.policy.consent.Validity;
import eu.sinusnode.policy.narrowing.References;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.FakeSentRecords;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The truth table of what a recorder may write down. */
class RecordedConsentsTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final String SIGNED = "2026-11-20T09:00:00Z";
    private static final String DAUGHTER = "RelatedPerson/daughter";

    private final FakeSentRecords sent = new FakeSentRecords();
    private final RecordedConsents recorded = new RecordedConsents(new ConsentCompiler(Validity.ZONE), sent);
    private final Caller recorder = Callers.caller(Callers.recorder(World.CLINIC));
    private final RelatedPerson daughter =
            new RelatedPerson().setActive(true).setPatient(new Reference("Patient/" + World.ANNA));

    @Test
    void aPaperWithAllThatItNeedsIsRecorded() throws Exception {
        assertThat(faults(paper())).isEmpty();
    }

    /** Whom, for what; a recorder permits its own clinic, and teams, treatment alone. */
    @ParameterizedTest
    @CsvSource({
        "Organization/clinic-1, TREAT, true",
        "Organization/clinic-1, HPAYMT, false",
        "Organization/clinic-1, CAREMGT, false",
        "Organization/clinic-1, HRESCH, false",
        "CareTeam/team, TREAT, true",
        "CareTeam/team, HRESCH, false",
        "Organization/clinic-2, TREAT, true",
        "Organization/insurer-1, HPAYMT, true",
        "Organization/institute, HRESCH, true"
    })
    void whomItPermitsWhat(String actor, String purpose, boolean open) throws Exception {
        Consent paper = paper();
        Consent.ProvisionComponent permit = paper.getProvision().getProvisionFirstRep();
        permit.getActorFirstRep().setReference(new Reference(actor));
        permit.getPurposeFirstRep().setCode(purpose);
        assertThat(faults(paper)).isEqualTo(open ? List.of() : List.of("Consent.provision.provision[0].purpose"));
        Consent nested = paper();
        nested.getProvision().setType(ConsentProvisionType.PERMIT);
        nested.getProvision().addActor(permit.getActorFirstRep().copy());
        nested.getProvision().addPurpose(permit.getPurposeFirstRep().copy());
        nested.getProvision().setProvision(null);
        assertThat(faults(nested).isEmpty()).as("at the root").isEqualTo(open);
        permit.setType(ConsentProvisionType.DENY);
        assertThat(faults(paper)).as("to deny is always open").isEmpty();
    }

    @Test
    void eachPartIsNeeded() throws Exception {
        fault("Consent.status", consent -> consent.setStatus(ConsentState.PROPOSED));
        fault("Consent.identifier", consent -> consent.setIdentifier(null));
        fault("Consent.identifier", consent -> consent.getIdentifierFirstRep().setSystem(null));
        fault("Consent.organization", consent -> consent.setOrganization(null));
        fault("Consent.organization", consent -> consent.addOrganization(new Reference("Organization/clinic-2")));
        fault("Consent.performer", consent -> consent.getPerformerFirstRep().setReference("Patient/bernd"));
        fault("Consent.performer", consent -> consent.addPerformer(new Reference(DAUGHTER)));
        fault("Consent.verification", consent -> consent.setVerification(null));
        fault("Consent.verification", consent -> consent.getVerificationFirstRep()
                .setVerified(false));
        fault("Consent.verification", consent -> consent.getVerificationFirstRep()
                .setVerifiedWith(null));
        fault("Consent.verification", consent -> verifiedAt(consent, "2026-11-19T09:00:00Z"));
        fault("Consent.verification", consent -> verifiedAt(consent, "2026-11-29T09:00:00Z"));
        fault("Consent.source.ofType(Attachment)", consent -> consent.setSource(null));
        fault("Consent.source.ofType(Attachment)", consent -> consent.setSource(new Reference("Consent/1")));
        fault("Consent.source.ofType(Attachment).hash", consent -> document(consent)
                .setHash(new byte[20]));
        fault("Consent.source.ofType(Attachment).hash", consent -> document(consent)
                .setHash(null));
        fault("Consent.source.ofType(Attachment).contentType", consent -> document(consent)
                .setContentType("text/html"));
        fault("Consent.source.ofType(Attachment).data", consent -> document(consent)
                .setContentType("image/jpeg"));
        fault("Consent.source.ofType(Attachment).data", consent -> document(consent)
                .setData(new byte[SignedSource.MOST_BYTES + 1]));
    }

    @Test
    void aDenyNeedsThePaperAndNoVerification() throws Exception {
        Consent withdrawal = paper();
        withdrawal.getProvision().getProvisionFirstRep().setType(ConsentProvisionType.DENY);
        withdrawal.setVerification(null);
        assertThat(faults(withdrawal)).isEmpty();
        withdrawal.setSource(null);
        assertThat(faults(withdrawal)).containsExactly("Consent.source.ofType(Attachment)");
    }

    @Test
    void whoRepresentsThePatientSignsWithinThePeriod() throws Exception {
        Consent paper = paper();
        paper.getPerformerFirstRep().setReference(DAUGHTER);
        paper.getVerificationFirstRep().getVerifiedWith().setReference(DAUGHTER);
        assertThat(faults(paper)).isEmpty();
        daughter.getPeriod().setEndElement(new DateTimeType("2026-11-19T00:00:00Z"));
        assertThat(faults(paper)).containsExactly("Consent.performer");
        daughter.setPeriod(null).setActive(false);
        assertThat(faults(paper)).containsExactly("Consent.performer");
    }

    @Test
    void whatWasRecordedIsEndedAndNothingElse() throws Exception {
        Consent was = paper();
        for (ConsentState state : ConsentState.values()) {
            if (state != ConsentState.NULL) {
                Consent becomes = was.copy().setStatus(state);
                assertThat(RecordedConsents.ends(becomes, Optional.of(was)))
                        .as(state.toCode())
                        .isEqualTo(state == ConsentState.INACTIVE || state == ConsentState.ENTEREDINERROR);
            }
        }
        Consent wider = was.copy().setStatus(ConsentState.INACTIVE);
        wider.getProvision().setProvision(null);
        assertThat(RecordedConsents.ends(wider, Optional.of(was))).isFalse();
        assertThat(RecordedConsents.ends(was, Optional.empty())).isFalse();
    }

    /** To end it would open what it denies, and nobody has signed that. */
    @Test
    void whatDeniesIsNotEndedWithoutAPaper() throws Exception {
        Consent was = paper();
        was.getProvision()
                .addProvision()
                .setType(ConsentProvisionType.DENY)
                .addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null));
        assertThat(RecordedConsents.ends(was.copy().setStatus(ConsentState.INACTIVE), Optional.of(was)))
                .isFalse();
        was.setProvision(withdrawal().getProvision());
        assertThat(RecordedConsents.ends(was.copy().setStatus(ConsentState.INACTIVE), Optional.of(was)))
                .as("what it ended stays ended")
                .isTrue();
    }

    @Test
    void aWithdrawalSaysNothingElseAndIsRecordedOnce() throws Exception {
        assertThat(faults(withdrawal())).isEmpty();
        assertThat(faults(naming(withdrawal(), "Consent/1"))).isEmpty();
        assertThat(faults(naming(withdrawal(), "Patient/" + World.ANNA))).containsExactly("Consent.extension");
        assertThat(faults(naming(withdrawal(), null))).containsExactly("Consent.extension");
        assertThat(faults(naming(paper(), "Consent/1"))).containsExactly("Consent.provision");
        Consent bare = withdrawal();
        bare.setSource(null);
        assertThat(faults(bare)).containsExactly("Consent.source.ofType(Attachment)");
        Consent stored = withdrawal();
        stored.setId("Consent/stored");
        sent.bring(Sender.of(recorder), stored);
        assertThat(faults(withdrawal())).containsExactly("Consent.identifier");
        assertThat(faults(paper()))
                .as("a Consent that is sent again is another matter")
                .isEmpty();
    }

    @Test
    void whoIsNoRecorderRecordsNoWithdrawal() throws Exception {
        Consent names = naming(withdrawal(), "Consent/1");
        for (CallerKind kind : CallerKind.values()) {
            Caller caller = Callers.caller(Callers.of(kind));
            boolean may = kind == CallerKind.CONSENT_RECORDER || kind == CallerKind.ADMINISTRATOR;
            assertThat(recorded.check(caller, names, Optional.empty(), references(), NOW)
                            .isEmpty())
                    .as(kind.name())
                    .isEqualTo(may);
        }
        Caller patient = Callers.caller(Callers.patient(World.ANNA));
        Consent ended = names.copy().setStatus(ConsentState.INACTIVE);
        assertThat(recorded.check(patient, ended, Optional.of(names), references(), NOW))
                .as("one that is there is ended as it is")
                .isEmpty();
        assertThat(recorded.check(patient, naming(ended.copy(), "Consent/2"), Optional.of(names), references(), NOW))
                .isNotEmpty();
    }

    /** The document proves what was signed, and nothing that was changed since. */
    @Test
    void whoChangesWhatItSaysTakesThePaperOff() throws Exception {
        Consent was = paper();
        Caller patient = Callers.caller(Callers.patient(World.ANNA));
        Consent same = was.copy().setStatus(ConsentState.INACTIVE);
        assertThat(kept(patient, same, was))
                .as("to end it changes nothing of it")
                .isEmpty();
        Consent changed = was.copy();
        changed.getProvision().getProvisionFirstRep().addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null));
        assertThat(kept(patient, changed, was))
                .containsExactly("Consent.source.ofType(Attachment)", "Consent.verification");
        changed.setVerification(null);
        document(changed).setData(null);
        assertThat(kept(patient, changed, was)).as("its hash").containsExactly("Consent.source.ofType(Attachment)");
        document(changed).setHash(null).setTitle("In the app");
        assertThat(kept(patient, changed, was)).isEmpty();
        Consent redated = was.copy().setDateTimeElement(new DateTimeType("2026-11-21T09:00:00Z"));
        assertThat(kept(patient, redated, was)).as("when it was signed").hasSize(2);
        Consent titled = was.copy();
        titled.setVerification(null);
        titled.setSource(new Attachment().setTitle("A form"));
        Consent retitled = titled.copy();
        retitled.getProvision().setProvision(null);
        assertThat(kept(patient, retitled, titled)).as("a title is no document").isEmpty();
    }

    /** Who could not sign then, and teams of others, are as unknown as nobody. */
    @Test
    void aRecorderKnowsWhoCanSignAndItsOwnTeams() throws Exception {
        Consent paper = paper();
        CareTeam own = new CareTeam().setSubject(new Reference("Patient/" + World.ANNA));
        own.addParticipant().setMember(new Reference("Organization/" + World.CLINIC));
        CareTeam others = new CareTeam().setSubject(new Reference("Patient/" + World.ANNA));
        others.addParticipant().setMember(new Reference("Organization/" + World.OTHER_CLINIC));
        References all = new References() {
            @Override
            public Optional<String> canonical(String reference) {
                return Optional.of(reference);
            }

            @Override
            public Optional<Resource> find(String canonical) {
                return Optional.of(
                        switch (canonical) {
                            case DAUGHTER -> daughter;
                            case "CareTeam/own" -> own;
                            case "CareTeam/others" -> others;
                            default -> new Patient();
                        });
            }
        };
        References known = KnownToRecorders.of(recorder, paper, all);
        assertThat(known.find(DAUGHTER)).isPresent();
        assertThat(known.find("CareTeam/own")).isPresent();
        assertThat(known.find("Patient/" + World.ANNA)).isPresent();
        assertThat(known.find("CareTeam/others")).isEmpty();
        daughter.getPatient().setReference("Patient/another");
        own.getSubject().setReference("Patient/another");
        assertThat(known.find(DAUGHTER)).isEmpty();
        assertThat(known.find("CareTeam/own")).isEmpty();
        daughter.getPatient().setReference("Patient/" + World.ANNA);
        daughter.setActive(false);
        assertThat(known.find(DAUGHTER)).isEmpty();
        assertThat(KnownToRecorders.of(Callers.caller(Callers.patient(World.ANNA)), paper, all))
                .isSameAs(all);
    }

    private List<String> kept(Caller caller, Consent consent, Consent was) {
        return recorded.check(caller, consent, Optional.of(was), references(), NOW).stream()
                .map(WriteIssue::path)
                .toList();
    }

    private static Consent withdrawal() throws Exception {
        Consent withdrawal = paper();
        withdrawal.setVerification(null);
        withdrawal.getProvision().setProvision(null);
        return withdrawal;
    }

    private static Consent naming(Consent withdrawal, @Nullable String reference) {
        withdrawal.addExtension(new Extension(Canonicals.CONSENT_WITHDRAWS, new Reference(reference)));
        return withdrawal;
    }

    @Test
    void anothersConsentIsNotWrittenOver() throws Exception {
        Consent stored = paper();
        stored.setId("Consent/paper");
        sent.bring(Sender.of(Callers.caller(Callers.patient(World.ANNA))), stored);
        assertThat(recorded.decideStored(recorder, Optional.of(stored))).isInstanceOf(Decision.Deny.class);
        sent.bring(Sender.of(recorder), stored);
        assertThat(recorded.decideStored(recorder, Optional.of(stored))).isInstanceOf(Decision.Permit.class);
        Caller other = Callers.caller(Callers.recorder(World.OTHER_CLINIC));
        assertThat(recorded.decideStored(other, Optional.of(stored))).isInstanceOf(Decision.Deny.class);
        for (CallerKind kind : CallerKind.values()) {
            if (kind != CallerKind.CONSENT_RECORDER) {
                assertThat(recorded.decideStored(Callers.caller(Callers.of(kind)), Optional.of(stored)))
                        .as("%s, whom other rules hold", kind)
                        .isInstanceOf(Decision.Permit.class);
            }
        }
    }

    /** Whoever is neither the patient nor a representative brings the signed document, whatever the Consent says. */
    @ParameterizedTest
    @CsvSource({
        "ADMINISTRATOR, the document, true",
        "ADMINISTRATOR, nothing, false",
        "ADMINISTRATOR, a title, false",
        "ADMINISTRATOR, an address, false",
        "ADMINISTRATOR, no hash, false",
        "ADMINISTRATOR, another hash, false",
        "ADMINISTRATOR, another type, false",
        "ADMINISTRATOR, an empty document, false",
        "ADMINISTRATOR, a Consent, false",
        "ADMINISTRATOR, a name, false",
        "ADMINISTRATOR, DocumentReference/unknown, false",
        "ADMINISTRATOR, DocumentReference/data, true",
        "ADMINISTRATOR, DocumentReference/binary, true",
        "ADMINISTRATOR, DocumentReference/title, false",
        "ADMINISTRATOR, DocumentReference/lost-binary, false",
        "ADMINISTRATOR, DocumentReference/other-binary, false",
        "ADMINISTRATOR, DocumentReference/superseded, false",
        "ADMINISTRATOR, DocumentReference/of-bernd, false",
        "PATIENT, a title, true",
        "PATIENT, nothing, true",
        "REPRESENTATIVE, a title, true"
    })
    void whoIsNeitherPatientNorRepresentativeBringsTheDocument(CallerKind kind, String source, boolean open)
            throws Exception {
        Consent consent = paper();
        source(consent, source);
        for (ConsentState status : List.of(ConsentState.ACTIVE, ConsentState.INACTIVE, ConsentState.REJECTED)) {
            consent.setStatus(status);
            assertThat(of(kind, consent, Optional.empty()).isEmpty())
                    .as("new, %s", status)
                    .isEqualTo(open);
        }
        consent.setStatus(ConsentState.ACTIVE);
        Consent stored = consent.copy();
        stored.setStatus(ConsentState.INACTIVE);
        assertThat(of(CallerKind.ADMINISTRATOR, consent, Optional.of(stored)).isEmpty())
                .as("opened anew")
                .isEqualTo(open && kind == CallerKind.ADMINISTRATOR);
    }

    /** To end it takes nothing back that somebody denies, so that the loader needs no paper for it. */
    @Test
    void theLoaderEndsWhatDeniesNothingWithoutAPaper() throws Exception {
        Consent stored = paper();
        source(stored, "a title");
        Consent ended = stored.copy();
        ended.setStatus(ConsentState.ENTEREDINERROR);
        assertThat(of(CallerKind.ADMINISTRATOR, ended, Optional.of(stored))).isEmpty();
        Consent changed = ended.copy();
        changed.setDateTimeElement(new DateTimeType("2026-11-19"));
        assertThat(of(CallerKind.ADMINISTRATOR, changed, Optional.of(stored)))
                .containsExactly("Consent.source.ofType(Attachment)");
        stored.getProvision()
                .getProvisionFirstRep()
                .addProvision()
                .setType(ConsentProvisionType.DENY)
                .addClass_(new Coding(Codes.RESOURCE_TYPES, "Condition", null));
        Consent opening = stored.copy();
        opening.setStatus(ConsentState.INACTIVE);
        assertThat(of(CallerKind.ADMINISTRATOR, opening, Optional.of(stored)))
                .containsExactly("Consent.source.ofType(Attachment)");
    }

    private static void source(Consent consent, String source) {
        Attachment document = document(consent);
        switch (source) {
            case "the document" -> {}
            case "nothing" -> consent.setSource(null);
            case "a title" -> consent.setSource(new Attachment().setTitle("Consent"));
            case "an address" ->
                consent.setSource(new Attachment()
                        .setContentType("application/pdf")
                        .setUrl("https://clinic.example/1.pdf")
                        .setHash(document.getHash()));
            case "no hash" -> document.setHash(null);
            case "another hash" -> document.setHash(new byte[20]);
            case "another type" -> document.setContentType("text/plain");
            case "an empty document" -> document.setData(new byte[0]);
            case "a Consent" -> consent.setSource(new Reference("Consent/1"));
            case "a name" -> consent.setSource(new Reference().setDisplay("In the safe"));
            default -> consent.setSource(new Reference(source));
        }
    }

    private List<String> of(CallerKind kind, Consent consent, Optional<Resource> stored) throws Exception {
        return recorded.check(Callers.caller(Callers.of(kind)), consent, stored, papers(), NOW).stream()
                .map(WriteIssue::path)
                .toList();
    }

    /** What a Consent can name as the place of its document. */
    private static References papers() throws Exception {
        Attachment signed = document(paper());
        Attachment named = signed.copy();
        named.setData(null).setUrl("Binary/signed");
        Attachment lost = named.copy().setUrl("Binary/unknown");
        Attachment other = named.copy().setUrl("Binary/other");
        Map<String, Resource> stored = Map.of(
                "DocumentReference/data", document(signed, World.ANNA),
                "DocumentReference/binary", document(named, World.ANNA),
                "DocumentReference/title", document(new Attachment().setTitle("Consent"), World.ANNA),
                "DocumentReference/lost-binary", document(lost, World.ANNA),
                "DocumentReference/other-binary", document(other, World.ANNA),
                "DocumentReference/superseded",
                        document(signed, World.ANNA).setStatus(DocumentReferenceStatus.SUPERSEDED),
                "DocumentReference/of-bernd", document(signed, "bernd"),
                "Binary/signed", new Binary().setData(signed.getData()),
                "Binary/other", new Binary().setData("%PDF-1.7 other".getBytes(StandardCharsets.US_ASCII)));
        return new References() {
            @Override
            public Optional<String> canonical(String reference) {
                return Optional.of(reference);
            }

            @Override
            public Optional<Resource> find(String canonical) {
                return Optional.ofNullable(stored.get(canonical));
            }
        };
    }

    private static DocumentReference document(Attachment attachment, String patient) {
        DocumentReference paper = new DocumentReference()
                .setStatus(DocumentReferenceStatus.CURRENT)
                .setSubject(new Reference("Patient/" + patient));
        paper.addContent().setAttachment(attachment);
        return paper;
    }

    private void fault(String path, Consumer<Consent> change) throws Exception {
        Consent paper = paper();
        change.accept(paper);
        assertThat(faults(paper)).contains(path);
    }

    private List<String> faults(Consent consent) {
        return recorded
                .check(recorder, consent, Optional.empty(), KnownToRecorders.of(recorder, consent, references()), NOW)
                .stream()
                .map(WriteIssue::path)
                .toList();
    }

    private References references() {
        return new References() {
            @Override
            public Optional<String> canonical(String reference) {
                return Optional.of(reference);
            }

            @Override
            public Optional<Resource> find(String canonical) {
                return canonical.equals(DAUGHTER) ? Optional.of(daughter) : Optional.empty();
            }
        };
    }

    private static Attachment document(Consent consent) {
        return (Attachment) consent.getSource();
    }

    private static void verifiedAt(Consent consent, String time) {
        consent.getVerificationFirstRep().setVerificationDate(Date.from(Instant.parse(time)));
    }

    private static Consent paper() throws Exception {
        Consent consent = new Consent();
        consent.setStatus(ConsentState.ACTIVE);
        consent.setScope(new CodeableConcept(
                new Coding("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy", null)));
        consent.setPatient(new Reference("Patient/" + World.ANNA));
        consent.addIdentifier().setSystem("https://clinic.example/papers").setValue("1");
        consent.setDateTimeElement(new DateTimeType(SIGNED));
        consent.addPerformer(new Reference("Patient/" + World.ANNA));
        consent.addOrganization(new Reference("Organization/" + World.CLINIC));
        byte[] pdf = "%PDF-1.7".getBytes(StandardCharsets.US_ASCII);
        consent.setSource(new Attachment()
                .setContentType("application/pdf")
                .setData(pdf)
                .setHash(MessageDigest.getInstance("SHA-1").digest(pdf)));
        consent.addVerification().setVerified(true).setVerifiedWith(new Reference("Patient/" + World.ANNA));
        verifiedAt(consent, "2026-11-20T09:10:00Z");
        Consent.ProvisionComponent permit =
                consent.getProvision().setType(ConsentProvisionType.DENY).addProvision();
        permit.setType(ConsentProvisionType.PERMIT);
        permit.addActor()
                .setRole(new CodeableConcept(new Coding(Codes.PARTICIPATION_TYPE, "IRCP", null)))
                .setReference(new Reference("Organization/" + World.CLINIC));
        permit.addPurpose(new Coding(Codes.ACT_REASON, "TREAT", null));
        return consent;
    }
}
