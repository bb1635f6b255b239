@org.jspecify.annotations.NullMarked
package dev.zeroftpd.control.admission;
