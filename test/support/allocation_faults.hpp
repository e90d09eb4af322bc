// Where no allocation fails, in a test that lets allocations fail: the other side of the wire.
#pragma once

namespace leadverify {

inline int fault_shelters = 0;

/// While one is alive, the world around the program that is tested does its own work.
struct FaultShelter {
  FaultShelter() { ++fault_shelters; }
  ~FaultShelter() { --fault_shelters; }
  FaultShelter(const FaultShelter&) = delete;
  FaultShelter& operator=(const FaultShelter&) = delete;
};

}  // namespace leadverify
