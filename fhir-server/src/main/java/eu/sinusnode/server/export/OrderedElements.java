package eu.sinusnode.server.export;

import eu.sinusnode.policy.authorization.SubsetForm;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code _elements} of an export: names at the top of a record, each for one type or for all types that have it. */
final class OrderedElements {

    private static final SubsetForm FORM = new SubsetForm();

    private OrderedElements() {}

    /**
     * By type, what is asked for; a type of which nothing is named is whole.
     *
     * @param given values of the parameter, e.g. {@code id,Observation.status}
     * @param types of the export
     * @throws ca.uhn.fhir.rest.server.exceptions.InvalidRequestException when no type of the export has an element
     */
    static Map<String, Set<String>> of(List<String> given, Set<String> types) {
        Map<String, Set<String>> elements = new TreeMap<>();
        for (String value : given) {
            for (String name : value.split(",", -1)) {
                int dot = name.indexOf('.');
                String element = name.substring(dot + 1);
                List<String> having = (dot < 0 ? types.stream() : types.stream().filter(name.substring(0, dot)::equals))
                        .filter(type -> isElement(type, element))
                        .toList();
                if (having.isEmpty()) {
                    throw ExportProblems.malformed("_elements takes names of elements at the top of a record, as status"
                            + " or Observation.status, of types that the export holds.");
                }
                having.forEach(type ->
                        elements.computeIfAbsent(type, none -> new TreeSet<>()).add(element));
            }
        }
        return elements;
    }

    private static boolean isElement(String type, String element) {
        return FORM.read(type, false, Map.of(SubsetForm.ELEMENTS, List.of(element))) instanceof SubsetForm.Asked.Part;
    }
}
