@NullMarked
package eu.sinusnode.policy.labelling;

import org.jspecify.annotations.NullMarked;
