package eu.sinusnode.launcher.registration;

import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.keycloak.realm.Person;
import eu.sinusnode.keycloak.realm.Registrations;
import eu.sinusnode.keycloak.realm.SecondFactor;
import eu.sinusnode.keycloak.realm.Secrets;
import eu.sinusnode.keycloak.token.Login;
import eu.sinusnode.keycloak.token.Totp;
import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.http.Callers;
import eu.sinusnode.policy.access.CallerKind;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes people in, one login each. */
public final class PeopleOffice {

    private final Installation installation;
    private final Callers callers;
    private final RegistrationBook book;

    public PeopleOffice(Installation installation, Callers callers) {
        this.installation = installation;
        this.callers = callers;
        this.book = new RegistrationBook(installation);
    }

    /**
     * Somebody who is to have a login.
     *
     * @param title name for the Practitioner or RelatedPerson, the only place where it is kept
     * @param relationship of a representative: code of HL7's v3-RoleCode
     * @param organization whom a clinician, auditor or administrator acts for
     * @param patient whose record a patient or representative opens
     * @param until the last day of a representative
     */
    public record PersonOrder(
            String username,
            CallerKind kind,
            @Nullable String title,
            String relationship,
            @Nullable String organization,
            @Nullable String patient,
            LocalDate from,
            @Nullable LocalDate until) {}

    /**
     * @param keep whether password and second factor are kept in this installation's secrets, as those of the demo are;
     *     otherwise they are told once, and the person chooses an own password with the first login
     * @param renew gives somebody who is registered a new password and second factor
     * @return what the person must be told, line by line
     */
    public List<String> register(PersonOrder order, boolean keep, boolean renew) {
        Person person = person(order);
        Registrations known = book.read();
        Optional<Registrations.Member> before = known.person(order.username());
        requireUnlike(person, before);
        List<String> lines = new ArrayList<>(List.of(
                line("user name", person.username()),
                line("log in at", installation.issuer() + "/account/"),
                line("app", DemoRegistrations.appOf(person.callerKind()))));
        if (before.isPresent() && !renew) {
            lines.add(line("state", "is registered already; --renew gives a new password and second factor"));
            return lines;
        }
        records(order);
        book.apply(known.with(new Registrations.Member(person, keep)));
        if (keep) {
            lines.add(line("secrets", "kept here: ./sinusnode token " + person.username()));
        } else {
            Login login = new Login(
                    Secrets.newPassword(),
                    SecondFactor.neededBy(person.callerKind()) ? Totp.generate(new SecureRandom()) : null);
            book.operations().handOver(person.username(), login);
            lines.add(line("password", login.password() + " (for the first login)"));
            if (login.totp() != null) {
                lines.add(line("second factor", login.totp().uri("SinusNode", person.username())));
            }
        }
        return lines;
    }

    private Person person(PersonOrder order) {
        String name = order.username();
        if (!name.matches("[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?")) {
            throw new Trouble("'" + name + "' is no user name.", "Use lower-case letters, digits, dots and hyphens.");
        }
        return Registrar.checked(() -> switch (order.kind()) {
            case PATIENT -> Person.patient(name, needed(order.patient(), "--patient"));
            case REPRESENTATIVE ->
                Person.representative(
                        name, FhirRecords.idOf("RelatedPerson", name), needed(order.patient(), "--patient"));
            case CLINICIAN ->
                Person.clinician(
                        name, needed(order.organization(), "--organization"), FhirRecords.idOf("Practitioner", name));
            case AUDITOR -> Person.auditor(name, needed(order.organization(), "--organization"));
            case ADMINISTRATOR -> Person.administrator(name, needed(order.organization(), "--organization"));
            default -> throw new IllegalArgumentException(order.kind().claim() + " is a program, not a person.");
        });
    }

    private void requireUnlike(Person person, Optional<Registrations.Member> before) {
        if (before.isPresent() && !before.get().person().equals(person)) {
            throw new Trouble(
                    person.username() + " is registered otherwise.", "Choose another user name, or block this one.");
        }
        for (Person other : book.people()) {
            boolean same = other.username().equals(person.username());
            if (same && before.isEmpty()) {
                throw new Trouble(person.username() + " is one of the demo's people.", "Choose another user name.");
            }
            if (!same
                    && person.callerKind() == CallerKind.PATIENT
                    && other.callerKind() == CallerKind.PATIENT
                    && person.patient() != null
                    && person.patient().equals(other.patient())) {
                throw new Trouble(
                        "Patient/" + person.patient() + " has an account already: " + other.username() + ".",
                        "One patient, one account; somebody who acts for the patient is a representative.");
            }
        }
    }

    private void records(PersonOrder order) {
        FhirRecords records = new FhirRecords(callers.as(DemoRegistrations.LOADER));
        if (order.kind() == CallerKind.CLINICIAN) {
            records.practitioner(order.username(), needed(order.title(), "--title"));
        } else if (order.kind() == CallerKind.REPRESENTATIVE) {
            records.relatedPerson(
                    FhirRecords.idOf("RelatedPerson", order.username()),
                    needed(order.title(), "--title"),
                    order.relationship(),
                    needed(order.patient(), "--patient"),
                    order.from(),
                    order.until());
        }
    }

    private static String needed(@Nullable String value, String option) {
        if (value == null || value.isBlank()) {
            throw new Trouble(
                    option + " is needed for this kind of person.", "See ./sinusnode register person --help.");
        }
        return value;
    }

    private static String line(String name, String value) {
        return String.format("%-13s %s", name, value);
    }
}
