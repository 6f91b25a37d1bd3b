unsigned run(unsigned n) {
  unsigned bits = 0;
  do {
    bits += n & 1;
    n >>= 1;
  } while (n);
  return bits;
}

;; free
(func
  (type 0)
  (param i32 i32 i32 i32 i32)
  (result i32 i32)
  (local i32 i32 i32 i32 i32 i32)
  (if
    (i32.and (local.get 0) (i32.const 1))
    (then
      (if
        (i32.gt_s (local.tee 9 (i32.load align=1 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (i32.const 1))
        (then (return (call 4 (local.get 0) (local.get 9) (local.get 1)))))
      (local.set 2 (i32.load offset=24 align=1 (local.get 0)))
      (if
        (local.get 9)
        (then (local.set 5 (i32.sub (local.get 0) (i32.const 8))) (local.set 10 (i32.load align=1 (local.get 5)))))))
  (local.set 5 (i32.sub (local.get 0) (i32.const 8)))
  (if (i32.eqz (local.get 9)) (then (local.set 10 (i32.const 1515870810))))
  (block
    (block
      (block
        (block
          (block
            (block
              (br_if 0 (local.get 9))
              (if
                (i32.load8_u offset=$flags (i32.const 0))
                (then
                  (i32.store offset=24 align=1 (local.get 0) (local.get 2))
                  (i32.store align=1 (local.get 0) (i32.const 0))
                  (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
                  (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 1) (i32.const 1073741825)))
                  (br_if 0 (i32.eqz (call 1 (local.get 0))))
                  (local.set 1 (i32.sub (local.get 1) (i32.const 1)))
                  (local.set 9 (i32.const 2))
                  (br 3)))
              (local.set 10 (i32.const 0))
              (local.set 1 (i32.sub (local.get 1) (i32.const 1))))
            (local.set 9 (i32.const 0))
            (if
              (i32.and (i32.load8_u offset=$flags+1 (i32.const 0)) (i32.const 5))
              (then (local.set 6 (i32.const -1)) (local.set 9 (i32.const 1)) (br 5)))
            (loop
              (local.set 10 (i32.add (local.get 10) (i32.and (local.get 2) (i32.const 1))))
              (local.set 2 (i32.shr_u (local.get 2) (i32.const 1)))
              (if
                (local.get 2)
                (then
                  (local.set 1 (i32.sub (local.get 1) (i32.const 3)))
                  (br_if 1 (i32.ge_s (local.get 1) (i32.const 1073741824)))
                  (local.set 9 (i32.const 1))
                  (br 4))))
            (if
              (i32.load8_u offset=$flags+4 (i32.const 0))
              (then (local.set 1 (i32.sub (local.get 1) (i32.const 4))) (local.set 9 (i32.const 6)) (br 2)))
            (local.set 1 (i32.sub (local.get 1) (i32.const 4)))
            (return (local.get 1) (local.get 10))
            (unreachable))
          (i32.store offset=44 align=1 (i32.const 0) (local.get 7))
          (local.set 6 (i32.const 3))
          (br 2))
        (local.set 6 (i32.const 1))
        (br 1))
      (local.set 6 (i32.const 2)))
    (i32.store offset=48 align=1 (i32.const 0) (local.get 6))
    (i32.store offset=40 align=1 (i32.const 0) (local.get 0))
    (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 1) (i32.const 1073741824))))
  (i32.store offset=24 align=1 (local.get 0) (local.get 2))
  (i32.store align=1 (local.get 5) (local.get 10))
  (i32.store align=1 (local.get 0) (local.get 9))
  (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
  (if (i32.eq (local.get 6) (i32.const -1)) (then (return (call 4 (local.get 0) (local.get 9) (local.get 1)))))
  (i32.const 0)
  (i32.const 0))

;; resumable
(func
  (type 1)
  (param i32 i32 i32)
  (result i32 i32)
  (local i32 i32 i32 i32 i32 i32)
  (local.set 3 (i32.sub (local.get 0) (i32.const 8)))
  (local.set 7 (i32.load offset=24 align=1 (local.get 0)))
  (if
    (local.get 1)
    (then (local.set 8 (i32.load align=1 (local.get 3))))
    (else
      (block
        (block
          (br_if 0 (i32.lt_s (local.get 3) (i32.load offset=36 align=1 (i32.const 0))))
          (br_if 1 (i32.ge_s (local.get 2) (i32.const 1073741824))))
        (i32.store align=1 (local.get 0) (local.get 1))
        (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
        (i32.store offset=48 align=1 (i32.const 0) (i32.const 2))
        (i32.store offset=40 align=1 (i32.const 0) (local.get 0))
        (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 2) (i32.const 1073741824)))
        (return (i32.const 0) (i32.const 0)))
      (local.set 8 (i32.const 1515870810))))
  (block
    (block
      (block
        (block
          (block
            (loop
              (block
                (block
                  (block
                    (block
                      (block
                        (block
                          (block (br_table 0 2 1 3 4 5 6 0 (local.get 1)))
                          (local.set 2 (i32.sub (local.get 2) (i32.const 1)))
                          (if
                            (i32.and (i32.load8_u offset=$flags (i32.const 0)) (i32.const 1))
                            (then (local.set 1 (i32.const 2)) (br 9))))
                        (local.set 8 (i32.const 0)))
                      (local.set 2 (i32.sub (local.get 2) (i32.const 3)))
                      (if
                        (i32.and (i32.load8_u offset=$flags+1 (i32.const 0)) (i32.const 1))
                        (then (local.set 1 (i32.const 3)) (br 7))))
                    (local.set 8 (i32.add (local.get 8) (i32.and (local.get 7) (i32.const 1))))
                    (if
                      (i32.and (i32.load8_u offset=$flags+2 (i32.const 0)) (i32.const 1))
                      (then (local.set 1 (i32.const 4)) (br 6))))
                  (local.set 7 (i32.shr_u (local.get 7) (i32.const 1)))
                  (if
                    (i32.and (i32.load8_u offset=$flags+3 (i32.const 0)) (i32.const 1))
                    (then (local.set 1 (i32.const 5)) (br 5))))
                (if
                  (local.get 7)
                  (then
                    (local.set 1 (i32.const 1))
                    (br_if 5 (i32.eqz (i32.ge_s (local.get 2) (i32.const 1073741824))))
                    (br_if 5 (i32.eqz (i32.and (i32.load8_u offset=$flags+1 (i32.const 0)) (i32.const 5))))
                    (br 2)))
                (local.set 2 (i32.sub (local.get 2) (i32.const 1)))
                (if
                  (i32.and (i32.load8_u offset=$flags+4 (i32.const 0)) (i32.const 1))
                  (then (local.set 1 (i32.const 6)) (br 4))))
              (return (local.get 2) (local.get 8))
              (unreachable))
            (unreachable))
          (i32.store offset=44 align=1 (i32.const 0) (local.get 5))
          (local.set 4 (i32.const 3))
          (br 2))
        (local.set 4 (i32.const 1))
        (br 1))
      (local.set 4 (i32.const 2)))
    (i32.store offset=48 align=1 (i32.const 0) (local.get 4))
    (i32.store offset=40 align=1 (i32.const 0) (local.get 0))
    (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 2) (i32.const 1073741824))))
  (i32.store offset=24 align=1 (local.get 0) (local.get 7))
  (i32.store align=1 (local.get 3) (local.get 8))
  (i32.store align=1 (local.get 0) (local.get 1))
  (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
  (i32.const 0)
  (i32.const 0))
