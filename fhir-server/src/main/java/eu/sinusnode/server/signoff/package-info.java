/** A clinician's decision on a risk flag: the flag and the Task that asks for it, in one transaction. */
@NullMarked
package eu.sinusnode.server.signoff;

import org.jspecify.annotations.NullMarked;
