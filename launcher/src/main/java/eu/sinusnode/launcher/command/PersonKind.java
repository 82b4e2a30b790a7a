package eu.sinusnode.launcher.command;

import eu.sinusnode.policy.access.CallerKind;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds of people, as they are typed. */
enum PersonKind {
    patient,
    representative,
    clinician,
    auditor,
    administrator;

    CallerKind kind() {
        return CallerKind.valueOf(name().toUpperCase(Locale.ROOT));
    }

    static Set<CallerKind> kinds(Set<PersonKind> people) {
        return people.stream().map(PersonKind::kind).collect(Collectors.toSet());
    }
}
